// The least that a bot can do with a tap: telegraf alone, answering every one at once. Run as a process of its own.
import { Telegraf } from 'telegraf';

const { BOT_TOKEN = '', API_ROOT = '' } = process.env;
const bot = new Telegraf(BOT_TOKEN, { telegram: { apiRoot: API_ROOT } });
bot.on('callback_query', (context) => context.answerCbQuery());
process.once('SIGTERM', () => bot.stop());
await bot.launch({ allowedUpdates: ['callback_query'] });
