/** Moments: the clock that decides, deadlines by the clock of Brussels, the days on which clocks are changed. */
export { databaseNow } from './database-clock.ts'
export { hasCome, isInTime } from './deadline.ts'
export {
  type LocalMoment,
  type Meaning,
  daysBefore,
  deadlineInstant,
  localMomentOf,
  meaningOf
} from './local-moment.ts'
export { type TimeLeft, timeLeft } from './time-left.ts'
