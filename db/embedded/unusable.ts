// A database that cannot be used as things are: what is wrong and the repair, in the operator's words.
export class Unusable extends Error {
  readonly repair: string;

  constructor(what: string, repair: string) {
    super(`${what} ${repair}`);
    this.name = 'Unusable';
    this.repair = repair;
  }
}
