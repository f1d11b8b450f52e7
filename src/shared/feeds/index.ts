/** Lists as machines read them: calendars, news feeds, and answers that are not sent twice. */
export { type FeedKind, answerFeed } from './answer.ts'
export { type Calendar, type CalendarEntry, writeCalendar } from './calendar.ts'
export { type NewsEntry, type NewsFeed, writeAtom, writeJsonFeed, writeRss } from './news.ts'
