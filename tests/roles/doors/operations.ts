import { type Door, open } from '../door.ts'

export const operationsDoors: Door[] = [
  ...open(
    ['operations.mailOutbox'],
    'load /operations',
    'load /operations/mail',
    'api GET /api/v1/operations/mail'
  ),
  ...open(['operations.deadLetters'], 'load /operations/jobs', 'api GET /api/v1/operations/jobs'),
  {
    door: 'load /operations/mail/[message]',
    asks: ['operations.readMail'],
    at: ({ mail }) => ({ parts: { message: mail } })
  },
  ...open(['operations.retry-job'], 'post /operations/jobs?/retry'),
  {
    door: 'api POST /api/v1/operations/jobs/:job/attempts',
    asks: ['operations.retry-job'],
    // There is none that failed.
    at: () => ({ parts: { job: '1' } }),
    alsoIn: [404]
  },
  ...open(['operations.retry-mail'], 'post /operations/mail?/send'),
  {
    door: 'api POST /api/v1/operations/mail/:mail/attempts',
    asks: ['operations.retry-mail'],
    at: ({ mail }) => ({ parts: { mail } })
  }
]
