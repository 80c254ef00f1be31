// `alur sop explain ID`: one SOP as the table that its office would print.
import { explainSop } from '../../src/sop/explain.ts';
import { type Context, DONE, type Exit, printJson } from '../io.ts';
import { sopNamed } from '../known-sops.ts';

export async function sopExplain(context: Context, id: string): Promise<Exit> {
  const sop = await sopNamed(context, id);
  if (typeof sop === 'number') return sop;
  if (context.json) printJson(context, sop);
  else context.out(explainSop(sop));
  return DONE;
}
