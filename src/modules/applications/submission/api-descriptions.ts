const refusals = {
  401: { description: 'Nobody is signed in.' },
  403: { description: 'Not for the caller, or they have to prove once more who they are.' },
  404: { description: 'There is no such application for the caller.' },
  409: {
    description: 'Not now: too late, not open yet, submitted already, or somebody writes at this moment.'
  }
} as const

export const submit = {
  operationId: 'submitApplication',
  summary: 'Hands in an application',
  description:
    'For who may sign for the coordinator. `declaration` is the version of the declaration of honour that is agreed to. What counts is the instant at which the complete request had reached the server. With a UUID as `form` (or Idempotency-Key) it can be sent again: it hands in once and answers the same receipt.',
  responses: {
    201: { description: 'The receipt. The proof of inclusion follows within a second or so: read it again.' },
    ...refusals,
    422: { description: 'Something keeps it from being submitted: `problems`.' },
    503: { description: 'It could not be stored. Nothing was submitted; send it again.' }
  }
} as const

export const receipt = {
  operationId: 'showSubmissionReceipt',
  summary: 'The receipt of what was handed in, with its proof of inclusion once there is one',
  responses: { 200: { description: 'The receipt.' }, 401: refusals[401], 404: refusals[404] }
} as const

export const takeBack = {
  operationId: 'takeBackApplication',
  summary: 'Takes an application back, before the deadline, to write on',
  description: 'What was handed in counts until it is handed in again.',
  responses: { 200: { description: 'It is a draft again.' }, ...refusals }
} as const

export const withdraw = {
  operationId: 'withdrawApplication',
  summary: 'Withdraws an application that was handed in, for good',
  responses: { 200: { description: 'It will not be assessed.' }, ...refusals }
} as const
