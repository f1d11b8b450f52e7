import type { PersonalData } from '../identity/personal-data.ts'
import { eraseMailOf, mailOf } from './erase-mail.ts'

/** What is kept of the mails that somebody got. */
export const personalData: PersonalData = {
  module: 'mail',
  name: 'mail.personal.name',
  keeps: [
    {
      what: 'mail.personal.what',
      why: 'mail.personal.why',
      basis: 'public-task',
      howLong: 'mail.personal.how-long'
    }
  ],
  exports: async (database, person) => ({
    mails: (await mailOf(database, person)).map(({ queuedAt, ...mail }) => ({
      ...mail,
      queuedAt: queuedAt.toString()
    }))
  }),
  stays: async () => [],
  erases: eraseMailOf
}
