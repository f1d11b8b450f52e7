import type { describeRoute } from 'hono-openapi'
import { answers, takes } from '#shared/forms/api-described.ts'
import { finalCheckSchema, receiptSchema } from './answered.ts'
import { bringing, claiming, submitting, withdrawing } from './submission-schemas.ts'

type Description = Parameters<typeof describeRoute>[0]

const refusals = {
  401: { description: 'Nobody is signed in.' },
  403: { description: 'Not for the caller, or they have to prove once more who they are.' },
  404: { description: 'There is no such application for the caller.' },
  409: {
    description: 'Not now: too late, not open yet, submitted already, or somebody writes at this moment.'
  }
} as const

export const submit: Description = {
  operationId: 'submitApplication',
  summary: 'Hands in an application',
  description:
    'For who may sign for the coordinator. `declaration` is the version of the declaration of honour that is agreed to. What counts is the instant at which the complete request had reached the server. With a UUID as `form` (or Idempotency-Key) it can be sent again: it hands in once and answers the same receipt.',
  requestBody: takes(submitting, {
    declared: { declaration: '1', form: '6f1e6f9e-0a64-4f0e-9d0e-0b1f0a3f5c11' }
  }),
  responses: {
    201: answers(receiptSchema, 'The proof of inclusion follows within a second or so: read it again.'),
    ...refusals,
    422: { description: 'Something keeps it from being submitted: `problems`.' },
    503: { description: 'It could not be stored. Nothing was submitted; send it again.' }
  }
}

export const receipt: Description = {
  operationId: 'showSubmissionReceipt',
  summary: 'The receipt of what was handed in, with its proof of inclusion once there is one',
  responses: { 200: answers(receiptSchema, 'The receipt.'), 401: refusals[401], 404: refusals[404] }
}

export const takeBack: Description = {
  operationId: 'takeBackApplication',
  summary: 'Takes an application back, before the deadline, to write on',
  description: 'What was handed in counts until it is handed in again.',
  responses: { 200: { description: 'It is a draft again.' }, ...refusals }
}

export const withdraw: Description = {
  operationId: 'withdrawApplication',
  summary: 'Withdraws an application that was handed in, for good',
  requestBody: takes(withdrawing),
  responses: { 200: { description: 'It will not be assessed.' }, ...refusals }
}

const number = {
  name: 'number',
  in: 'query',
  required: false,
  schema: { type: 'integer', minimum: 1 },
  description: 'What was handed in under that number; left out: the draft as it stands.'
} as const
const anonymous = {
  name: 'anonymous',
  in: 'query',
  required: false,
  schema: { type: 'boolean' },
  description: 'Without who it is about: names replaced, addresses and identifiers taken out.'
} as const
const read = { 401: refusals[401], 404: refusals[404] } as const

export const check: Description = {
  operationId: 'checkApplication',
  summary: 'The final check: what keeps an application from being handed in, and what is advice',
  responses: { 200: answers(finalCheckSchema, 'In both languages, with the declaration of honour.'), ...read }
}

export const content: Description = {
  operationId: 'exportApplication',
  summary: 'The whole content of an application, in the form that is hashed',
  parameters: [number, anonymous],
  responses: { 200: { description: 'The content: docs/submitting.md has its form.' }, ...read }
}

const printed = {
  200: { description: 'The PDF.', content: { 'application/pdf': {} } },
  304: { description: 'Not changed since the ETag given in If-None-Match.' },
  ...read,
  409: { description: 'It cannot be made just now: try again in a moment.' },
  429: { description: 'One of yours is being made.' },
  503: { description: 'It was made but could not be kept.' }
} as const

export const figures: Description = {
  operationId: 'showFigures',
  summary: 'What an application comes to: its budget as computed, with the rule behind each euro',
  description:
    'Of what was handed in as of the acceptance, and kept; of the draft as of now. Whole cents. No part of what is hashed: it follows from the content of that hash, the terms that it names and the register of organisations.',
  parameters: [number],
  responses: { 200: { description: 'The figures: docs/submitting.md has their form.' }, ...read }
}

export const paper: Description = {
  operationId: 'printApplication',
  summary: 'An application as a tagged PDF/A',
  description:
    'Of what was handed in there is one file for everybody: it is kept, or made and kept when it is asked for first. A draft is made each time, and so is what is asked for without names.',
  parameters: [number, anonymous],
  responses: printed
}

export const attempt: Description = {
  operationId: 'reportAttempt',
  summary: 'Reports an attempt to save or to submit that never reached the server',
  description: 'Kept as a claim, apart from what the system knows itself.',
  requestBody: takes(claiming),
  responses: { 201: { description: 'It is noted.' }, ...read }
}

export const verify: Description = {
  operationId: 'verifyReceipt',
  summary: 'Whether a receipt is genuine, and whether a content belongs to it',
  description: 'For everybody. Without us: tools/verify-receipt.mjs.',
  requestBody: takes(bringing),
  responses: {
    200: {
      description:
        '`receipt`: genuine, not-a-receipt, not-ours, changed. `content`, where one was brought: the-same, another, not-content.'
    }
  }
}

export const desk: Description = {
  operationId: 'listApplicationsOfCall',
  summary: 'The applications of a call for officers of its body: counts, what was handed in, late claims',
  responses: { 200: { description: 'No content of drafts, ever.' }, 403: refusals[403], ...read }
}

export const submitted: Description = {
  operationId: 'readSubmission',
  summary: 'What was handed in under a number, for officers of the call’s body after the deadline',
  parameters: [anonymous],
  responses: { 200: { description: 'The content.' }, 403: refusals[403], ...read, 409: refusals[409] }
}

export const submittedFigures: Description = {
  operationId: 'readFiguresOfSubmission',
  summary:
    'What an application came to when it was handed in, for officers of the call’s body after the deadline',
  responses: { 200: { description: 'The figures.' }, 403: refusals[403], ...read, 409: refusals[409] }
}

export const submittedPaper: Description = {
  operationId: 'printSubmission',
  summary:
    'What was handed in as a PDF, whole or for assessors, for officers of the call’s body after the deadline',
  parameters: [anonymous],
  responses: { ...printed, 403: refusals[403] }
}
