import { z } from 'zod'
import { countryCodes } from '#modules/programmes'
import { foldName, organisationByCode, organisationNames } from '#server/organisations'
import { personAt } from '#server/people'
import { record } from '#shared/audit/index.ts'
import type { Database } from '#shared/database/index.ts'
import { emailAddress, oneOf, optional, optionalLine, optionalParagraphs } from '#shared/forms/fields.ts'
import { readInput } from '#shared/forms/read-form.ts'
import { type Refused, invalid, isRefused, refused } from '#shared/forms/refused.ts'
import { type Caller, type Permission, actorOf, isSignedIn } from '#shared/identity/index.ts'
import { languages } from '#shared/texts/language.ts'
import type { Outline } from '../application.ts'
import { heldByCoordinator, partnerIn } from '../consortium/held.server.ts'
import { makeInvitation } from '../consortium/invitations-store.server.ts'
import { writeAsked, writeInvitation } from '../consortium/letters.server.ts'
import { countFor } from '../consortium/limits.server.ts'
import { addParticipant, endParticipant, nextPosition } from '../consortium/participants-store.server.ts'
import { peopleOf } from '../consortium/people-of.server.ts'
import { outlineChanged } from '../outline.server.ts'

/** The coordinator's people bring the consortium together. */
export const permission: Permission = ['member']

const mostTasks = 2000 // not of a guide: characters
const mostParticipants = 200 // not of a guide

export const newParticipant = z.object({
  organisation: optionalLine(40).meta({ description: 'Its code in the register; or name and country.' }),
  name: optionalLine(),
  country: optionalLine(2),
  email: optional(emailAddress()).meta({ description: 'Where nobody works for it here yet.' }),
  language: optional(oneOf(languages)).meta({ description: 'Of the mail.' }),
  role: oneOf(['partner', 'associated']),
  tasks: optionalParagraphs(mostTasks).meta({ description: 'Needed of who is associated.' }),
  replaces: optional(z.uuid('form.not-offered')).meta({
    description: 'The participant whose place it takes.'
  })
})

type Asked = z.output<typeof newParticipant>

/**
 * Asks an organisation to take part. One of the register whose people work here is asked in their accounts; any
 * other by a mail with a link. It sees the application at once and writes nothing until it agrees.
 */
export async function inviteParticipant(
  app: { database: Database },
  caller: Caller,
  application: string,
  given: unknown
): Promise<{ participant: string; by: 'account' | 'mail' } | Refused> {
  if (!isSignedIn(caller)) return refused('sign-in')
  return app.database.transaction().execute(async (transaction) => {
    const held = await heldByCoordinator(transaction, caller, application)
    if (isRefused(held)) return held
    const read = readInput(newParticipant, given)
    if ('problems' in read) return refused('invalid', { problems: read.problems })
    const asked = read.data
    const { outline } = held
    const partner = await partnerAsked(transaction, asked, outline.language)
    if (isRefused(partner)) return partner
    const replaced = asked.replaces === undefined ? undefined : partnerIn(outline, asked.replaces)
    if (replaced && isRefused(replaced)) return replaced
    const twice = alreadyIn(outline, partner, replaced?.id)
    if (twice) return twice
    if (outline.participants.length >= mostParticipants)
      return invalid('', 'applications-consortium.problem.too-many', { most: mostParticipants })
    if (asked.role === 'associated' && asked.tasks === undefined)
      return invalid('tasks', 'applications-consortium.problem.tasks-missing')
    const people = partner.organisation === null ? [] : await peopleOf(transaction, partner.organisation)
    // Where its own people can answer nobody else does, whatever address somebody types.
    const email = people.length > 0 ? undefined : asked.email
    if (email === undefined && people.length === 0)
      return invalid('email', 'applications-consortium.problem.address-missing')
    const tooOften = await countFor(transaction, [
      ['invite', caller.person],
      ...(email === undefined ? [] : [['invite-address', email.toLowerCase()] as const])
    ])
    if (tooOften) return tooOften
    if (replaced) await endParticipant(transaction, replaced, { reason: undefined, by: caller.person })
    const participant = await addParticipant(transaction, outline.id, {
      ...partner,
      position: replaced?.position ?? nextPosition(outline),
      role: asked.role,
      tasks: asked.tasks,
      replaces: replaced?.id,
      by: caller.person
    })
    if (email === undefined) await writeAsked(transaction, people, { outline, partner: partner.name })
    else {
      const known = await personAt(transaction, email)
      const language = asked.language ?? known?.language ?? 'en'
      const made = await makeInvitation(transaction, participant, { email, language, by: caller.person })
      const to = { email, language, person: known?.id }
      const about = { outline, partner: partner.name, secret: made.secret, expires: made.expiresAt }
      await writeInvitation(transaction, to, about)
    }
    await outlineChanged(transaction, outline.id)
    await record(transaction, {
      act: 'applications.participant-invited',
      by: actorOf(caller),
      subject: { kind: 'application', id: outline.id },
      payload: {
        participant,
        ...partner,
        role: asked.role,
        by: email === undefined ? 'account' : 'mail',
        replaces: replaced?.id ?? null
      }
    })
    return { participant, by: email === undefined ? 'account' : 'mail' }
  })
}

type Partner = { organisation: string | null; name: string; country: string }

/** Who is meant: a record of the register, or a name with a country. */
async function partnerAsked(
  transaction: Database,
  { organisation, name, country }: Asked,
  language: string
): Promise<Partner | Refused> {
  if (organisation !== undefined) {
    const found = await organisationByCode({ database: transaction }, organisation)
    const spoken = languages.find((one) => one === language) ?? 'en'
    const known = found && (await organisationNames(transaction, [found.id], spoken)).get(found.id)
    return known
      ? { organisation: found.id, name: known.name, country: known.country }
      : invalid('organisation', 'applications-consortium.problem.no-such-organisation')
  }
  if (name === undefined) return invalid('name', 'form.missing')
  if (country === undefined) return invalid('country', 'form.missing')
  const code = countryCodes.find((one) => one === country.toUpperCase())
  return code ? { organisation: null, name, country: code } : invalid('country', 'form.not-offered')
}

/** An organisation stands in a consortium once. @param leaving the one whose place it takes */
function alreadyIn(outline: Outline, partner: Partner, leaving: string | undefined): Refused | undefined {
  const others = outline.participants.filter(({ id }) => id !== leaving)
  const same = others.find((one) =>
    partner.organisation !== null && one.organisation !== null
      ? one.organisation === partner.organisation
      : one.country === partner.country && sameName(one.name, partner.name)
  )
  if (!same) return undefined
  const field = partner.organisation === null ? 'name' : 'organisation'
  return invalid(field, 'applications-consortium.problem.already-in', { name: same.name })
}

/** Whether two names are the same for people, whatever letters, spaces and marks they are written with. */
function sameName(one: string, other: string): boolean {
  const folded = (name: string) => foldName(name).replaceAll(' ', '') || name
  return folded(one) === folded(other)
}
