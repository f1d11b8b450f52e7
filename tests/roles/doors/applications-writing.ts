import { randomUUID } from 'node:crypto'
import { saveAnswer } from '#server/applications'
import type { Door } from '../door.ts'
import type { World } from '../world.ts'

/** Of the school that coordinates the draft. */
const summary = ({ application, school }: World) => ({
  parts: { application: application.code, path: 'project.summary' },
  concerns: { organisation: school.id }
})

const api = '/api/v1/applications/:application'
const withBody = (body: Readonly<Record<string, unknown>>) => (world: World) => ({ ...summary(world), body })

/** What Maria said, proposed or asked for, anew for each who comes. */
async function made(world: World, table: 'comment' | 'suggestion' | 'task', more: object) {
  const { parts, concerns } = summary(world)
  const { id } = await world.site.app.database
    .insertInto(`applications.${table}` as 'applications.comment')
    .values({ application: world.application.id, path: parts.path, ...more } as never)
    .returning('id')
    .executeTakeFirstOrThrow()
  return { parts: { ...parts, id }, concerns }
}

const comment = ({ cast }: World) => ({ text: 'Vai tā ir labi?', written_by: cast.maria.person })
const suggestion = ({ cast }: World) => ({
  base: 0,
  delta: JSON.stringify([[0, '', 'Lasām! ']]),
  suggested_by: cast.maria.person
})
const task = ({ cast }: World) => ({ person: randomUUID(), given_by: cast.maria.person })

export const applicationsWritingDoors: readonly Door[] = [
  {
    door: 'api PUT /api/v1/applications/:application/answers/:path',
    asks: ['applications.save-answer'],
    at: (world) => ({ ...summary(world), body: { base: 0, text: 'Lasām kopā.' } })
  },
  {
    door: 'api GET /api/v1/applications/:application/answers/:path',
    asks: ['applications.fieldOfDraft'],
    at: summary
  },
  { door: `api GET ${api}/form`, asks: ['applications.formInDraft'], at: summary },
  {
    door: 'api GET /api/v1/applications/:application/live',
    asks: ['applications.liveApplication'],
    at: summary
  },
  {
    door: 'api POST /api/v1/applications/:application/presence',
    asks: ['applications.stand-in-application'],
    at: (world) => ({ ...summary(world), body: { view: '6f1e6f9e-0a64-4f0e-9d0e-0b1f0a3f5c11' } })
  },
  { door: `api GET ${api}/discussion`, asks: ['applications.discussionInDraft'], at: summary },
  { door: `api GET ${api}/colleagues`, asks: ['applications.colleaguesInDraft'], at: summary },
  {
    door: `api POST ${api}/comments`,
    asks: ['applications.write-comment'],
    at: withBody({ path: 'project.summary', text: 'Vai tā ir labi?' })
  },
  {
    door: `api PUT ${api}/comments/:id/settlement`,
    asks: ['applications.settle-comment'],
    at: (world) => made(world, 'comment', comment(world))
  },
  {
    door: `api DELETE ${api}/comments/:id/settlement`,
    asks: ['applications.settle-comment'],
    at: (world) => made(world, 'comment', comment(world))
  },
  {
    door: `api POST ${api}/suggestions`,
    asks: ['applications.suggest-change'],
    at: withBody({ path: 'project.summary', base: 0, text: 'Lasām!' })
  },
  {
    door: `api POST ${api}/suggestions/:id/decision`,
    asks: ['applications.decide-suggestion'],
    at: async (world) => ({
      ...(await made(world, 'suggestion', suggestion(world))),
      body: { decision: 'declined' }
    })
  },
  {
    // Nobody is asked: whoever may ask hears that this is no colleague.
    door: `api POST ${api}/tasks`,
    asks: ['applications.give-task'],
    at: withBody({ path: 'project.summary', person: '6f1e6f9e-0a64-4f0e-9d0e-0b1f0a3f5c11' })
  },
  {
    door: `api POST ${api}/tasks/:id/ending`,
    asks: ['applications.end-task'],
    at: async (world) => ({ ...(await made(world, 'task', task(world))), body: { ending: 'done' } })
  },
  { door: `api GET ${api}/answers/:path/history`, asks: ['applications.historyOfField'], at: summary },
  {
    door: `api GET ${api}/answers/:path/versions/:version`,
    asks: ['applications.answerOfVersion'],
    at: async (world) => {
      const { parts, concerns } = summary(world)
      const { site, cast, application } = world
      await saveAnswer(site.app, cast.maria, application.id, parts.path, { base: 0, text: 'Lasām.' })
      return { parts: { ...parts, version: '1' }, concerns }
    }
  },
  {
    door: `api POST ${api}/answers/:path/restoration`,
    asks: ['applications.restore-answer'],
    at: withBody({ version: 1 })
  },
  {
    door: 'load /applications/[application]/history/[path]',
    asks: ['applications.draftAtWork', 'applications.historyOfField', 'applications.answerOfVersion'],
    at: summary
  },
  {
    door: 'post /applications/[application]/history/[path]?/restore',
    asks: ['applications.restore-answer'],
    at: withBody({ version: 1 })
  }
]
