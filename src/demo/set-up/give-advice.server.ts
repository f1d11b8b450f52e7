import { askForAdvice, bookAdvice, nameSubstitute } from '#server/directory'
import { databaseNow, localMomentOf } from '#shared/time/index.ts'
import { callerFor } from './callers.server.ts'
import { done } from './done.ts'
import type { Entered } from './enter-cast.server.ts'
import type { RegisteredOrganisations } from './register-organisations.server.ts'
import type { World } from './world.server.ts'

const edition = 2026

/**
 * Oskars asked for advice and got it from Zane, who from then on can neither assess nor decide what his association
 * applies with. Maria’s question waits at Petra’s body. Petra is away for a week soon; Andris stands in for her.
 */
export async function giveAdvice(
  world: World,
  entered: Entered,
  organisations: RegisteredOrganisations
): Promise<void> {
  const now = await databaseNow(world.database)
  const day = (ahead: number) => localMomentOf(now.add({ hours: 24 * ahead })).day
  const as = (key: 'oskars' | 'zane' | 'maria' | 'petra') => callerFor(world.database, entered, key)
  const { association, school } = organisations

  const asked = done(
    await askForAdvice(world, await as('oskars'), {
      organisation: association.organisation,
      action: 'small-scale-partnerships',
      edition,
      field: 'youth',
      question:
        'Mēs nekad neesam pieteikušies. Vai divi partneri no Igaunijas ir pietiekami, un kurš no mums paraksta?'
    }),
    'Oskars asks for advice'
  )
  done(
    await bookAdvice(world, await as('zane'), {
      body: asked.body,
      organisation: association.code,
      on: day(0),
      how: 'call',
      action: 'small-scale-partnerships',
      edition,
      request: asked.request,
      topic: 'Pirmais pieteikums: partneri un paraksts',
      answer:
        'Divi partneri maza mēroga partnerībai var pietikt, ja viņi ir no dažādām valstīm: to parādīs pārbaude. Pieteikumu iesniedz koordinators, un paraksta tas, kurš drīkst to pārstāvēt.',
      notes: 'Iesācēji. Ieteikts sākt ar pārbaudi un uzrakstīt, ko katrs partneris darīs.'
    }),
    'Zane books her advice'
  )
  done(
    await askForAdvice(world, await as('maria'), {
      organisation: school.organisation,
      action: 'cooperation-partnerships',
      edition,
      field: 'school',
      question: 'Vai skola un tehnikums no vienas pilsētas var būt divi partneri vienā projektā?'
    }),
    'Maria asks for advice'
  )
  done(
    await nameSubstitute(world, await as('petra'), {
      body: 'lv-viaa',
      colleague: entered.andris,
      from: day(10),
      until: day(16),
      reason: 'Atvaļinājums'
    }),
    'Petra names her substitute'
  )
}
