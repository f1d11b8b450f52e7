import { type Refused, isRefused } from '#shared/forms/refused.ts'

/** What an action did for the world. That it refuses is an accident: the world asks for nothing that people may not. */
export function done<Outcome>(outcome: Outcome | Refused, what: string): Outcome {
  if (isRefused(outcome)) throw new Error(`The demonstration: ${what}: ${JSON.stringify(outcome)}`)
  return outcome as Outcome
}
