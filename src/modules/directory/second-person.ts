/** Somebody who may act for a body now. */
export type ActingOfficer = {
  person: string
  /** The officer they stand in for; null: they act by their own post. */
  insteadOf: string | null
}

/** A body as far as a second person is sought in it. */
export type BodyAtWork = {
  body: string
  officers: readonly ActingOfficer[]
  /** The body that supervises it, with its officers. */
  supervising: { body: string; officers: readonly ActingOfficer[] } | undefined
}

/** Who may be the second person where a rule needs two. Persons are people.person. */
export type SecondPerson =
  | { by: 'officer' | 'substitute'; body: string; persons: string[] }
  | { by: 'supervising-body'; body: string; persons: string[] }
  /** Any administrator but the first person. */
  | { by: 'administrator' }

/**
 * Who may confirm what one person began for a body (publish a call, decide on a grant): another officer; in a body
 * with one officer their substitute; else an officer of the supervising body; else an administrator. Never the same
 * person, and never the authority of the first person twice as long as there is another.
 * @param first who began it
 * @param barred who may not, for a reason of the act itself (they advised the applicant, for instance)
 */
export function secondPersonFor(
  { body, officers, supervising }: BodyAtWork,
  first: string,
  barred: readonly string[] = []
): SecondPerson {
  const others = officers.filter(({ person }) => person !== first && !barred.includes(person))
  // What the first person did instead of somebody was done by that officer's authority: they are no second one.
  const represented = officers.filter(({ person }) => person === first).map(({ insteadOf }) => insteadOf)
  const own = others.filter(({ person, insteadOf }) => {
    const authority = insteadOf ?? person
    return authority !== first && !represented.includes(authority)
  })
  if (own.length > 0) return { by: 'officer', body, persons: personsOf(own) }
  const substitutes = others.filter(({ insteadOf }) => insteadOf !== null)
  if (substitutes.length > 0) return { by: 'substitute', body, persons: personsOf(substitutes) }
  const above = (supervising?.officers ?? []).filter(
    ({ person }) => person !== first && !barred.includes(person)
  )
  if (supervising && above.length > 0) {
    return { by: 'supervising-body', body: supervising.body, persons: personsOf(above) }
  }
  return { by: 'administrator' }
}

function personsOf(officers: readonly ActingOfficer[]): string[] {
  return [...new Set(officers.map(({ person }) => person))]
}
