// A column of a table that leaves Alur: its key for programs, its title for people.

export type Cell = string | number | boolean | null;

export interface Column<K extends string = string> {
  key: K;
  title: string;
}
