import { type Door, open } from '../door.ts'

export const operationsDoors: Door[] = [
  ...open(['operations.mailOutbox'], 'load /operations', 'load /operations/mail'),
  ...open(['operations.deadLetters'], 'load /operations/jobs'),
  {
    door: 'load /operations/mail/[message]',
    asks: ['operations.readMail'],
    at: async ({ mail }) => ({ parts: { message: mail } })
  },
  ...open(['operations.retry-job'], 'post /operations/jobs?/retry'),
  ...open(['operations.retry-mail'], 'post /operations/mail?/send')
]
