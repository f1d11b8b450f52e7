import { texts } from '#shared/texts/index.ts'
import type { CallDesk } from './desk.server.ts'
import type { ListedAttempt } from './desk-store.server.ts'
import type { Finding } from './final-check.ts'
import { inBoth } from './form-findings.ts'
import type { SubmissionAtWork } from './reads.ts'
import type { Submission } from './submission.ts'

/** The final check for machines. */
export function checkJson({ findings, declaration, submissions, outline, call }: SubmissionAtWork) {
  return {
    application: outline.code,
    state: outline.state,
    deadline: call.closesAt.toString(),
    findings: findings.map(({ part, weight, says, mend }) => ({
      part,
      weight,
      says: wordsOf(says),
      at: mend
    })),
    declaration,
    submissions: submissions.map(submissionJson)
  }
}

function wordsOf(says: Finding['says']) {
  if (!('key' in says)) return says
  return inBoth((_t, language) =>
    (texts(language) as (key: string, args?: object) => string)(says.key, says.args)
  )
}

function submissionJson({ number, state, receivedAt, clockError, acceptedAt, hash }: Submission) {
  return {
    ...{ number, state, sha256: hash, clockErrorMilliseconds: clockError },
    receivedAt: receivedAt.toString(),
    acceptedAt: acceptedAt.toString()
  }
}

/** The applications of a call for machines of its officers. */
export function deskJson({ call, counts, submissions, late }: CallDesk) {
  return {
    ...{ call: call.code, deadline: call.closesAt.toString(), ...counts },
    submissions: submissions.map((one) => ({
      ...submissionJson(one),
      ...{ application: one.code, title: one.title, action: one.action, field: one.field },
      ...{ coordinator: one.coordinator, country: one.country, participants: one.participants }
    })),
    late: {
      outages: late.outages.map(({ from, until }) => ({ from: from.toString(), until: until.toString() })),
      harmed: late.harmed.map(({ application: _, ...harmed }) => harmed),
      attempts: late.attempts.map(attemptJson),
      claims: late.claims.map(attemptJson),
      proposed: late.proposed ?? null
    }
  }
}

function attemptJson({ code, what, outcome, why, at, clockError, by }: ListedAttempt) {
  return { application: code, what, outcome, why, at: at.toString(), clockErrorMilliseconds: clockError, by }
}
