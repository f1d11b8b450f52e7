import type { Door } from '../door.ts'
import type { World } from '../world.ts'

const draft = ({ application, school }: World) => ({
  parts: { application: application.code },
  concerns: { organisation: school.id }
})

const section = (world: World) => {
  const { parts, concerns } = draft(world)
  return { parts: { ...parts, section: 'project' }, concerns }
}

const attachment = (world: World) => {
  const { parts, concerns } = draft(world)
  return { parts: { ...parts, path: 'annexes.other' }, concerns }
}

/** What the call does not take: whoever may begin an application hears so. */
const begun = ({ school }: World) => ({
  organisation: school.id,
  title: 'Lasīšanas tilti',
  language: 'lv'
})

export const applicationsEditorDoors: readonly Door[] = [
  { door: 'load /applications', asks: ['applications.myApplications'] },
  { door: 'api GET /api/v1/applications', asks: ['applications.myApplications'] },
  {
    // Who works for no organisation is told there how to come to one.
    door: 'load /applications/new',
    asks: ['applications.myApplications'],
    at: ({ calls }) => ({ query: `call=${calls.published}` })
  },
  {
    door: 'post /applications/new',
    asks: ['applications.start-application'],
    at: (world) => ({
      query: `call=${world.calls.published}`,
      concerns: { organisation: world.school.id },
      body: {
        ...begun(world),
        form: '00000000-0000-4000-8000-000000000000',
        // The call does not open this field.
        what: 'cooperation-partnerships sport'
      }
    })
  },
  { door: 'load /applications/[application]', asks: ['applications.draftAtWork'], at: draft },
  {
    door: 'post /applications/[application]?/rename',
    asks: ['applications.draftAtWork', 'applications.rename-application'],
    at: (world) => ({ ...draft(world), body: { title: '' } })
  },
  {
    door: 'load /applications/[application]/sections/[section]',
    asks: ['applications.draftAtWork'],
    at: section
  },
  {
    door: 'load /applications/[application]/attachment/[path]',
    asks: ['applications.draftAtWork'],
    at: attachment
  },
  {
    // Without a file: whoever may give one is asked for it.
    door: 'post /applications/[application]/attachment/[path]?/give',
    asks: ['applications.draftAtWork', 'applications.attach-file'],
    at: attachment
  },
  {
    // Of a version that nobody has seen: it is not removed.
    door: 'post /applications/[application]/attachment/[path]?/remove',
    asks: ['applications.remove-attachment'],
    at: attachment
  },
  {
    door: 'GET /applications/[application]/files/[path]',
    asks: ['applications.attachmentOf'],
    at: attachment
  },
  {
    door: 'load /applications/[application]/discussion',
    asks: ['applications.draftAtWork', 'applications.discussionInDraft'],
    at: draft
  },
  ...(
    [
      ['ask', 'give-task'],
      ['end', 'end-task'],
      ['suggest', 'suggest-change'],
      ['decide', 'decide-suggestion']
    ] as const
  ).map(([form, action]): Door => ({
    // With nothing filled in: whoever may is told what is missing.
    door: `post /applications/[application]/discussion?/${form}`,
    asks: ['applications.draftAtWork', `applications.${action}`],
    at: draft
  })),
  {
    // Nothing is said: whoever may talk is told what is missing.
    door: 'post /applications/[application]/discussion?/talk',
    asks: ['applications.draftAtWork', 'applications.write-comment', 'applications.settle-comment'],
    at: (world) => ({ ...draft(world), body: { talk: 'say::project.summary' } })
  },
  {
    door: 'post /applications/[application]/sections/[section]?/talk',
    asks: [
      'applications.draftAtWork',
      'applications.save-answer',
      'applications.write-comment',
      'applications.settle-comment'
    ],
    at: (world) => ({ ...section(world), body: { talk: 'say::project.summary' } })
  },
  { door: 'load /applications/[application]/set-aside', asks: ['applications.draftAtWork'], at: draft },
  {
    // Of no answer: whoever may write hears that it was not understood.
    door: 'post /applications/[application]/set-aside?/clear',
    asks: ['applications.draftAtWork', 'applications.clear-set-aside'],
    at: draft
  },
  { door: 'load /applications/[application]/clone', asks: ['applications.draftAtWork'], at: draft },
  {
    door: 'post /applications/[application]/clone',
    asks: ['applications.draftAtWork', 'applications.clone-application'],
    at: draft
  },
  {
    door: 'load /applications/[application]/copy-out',
    asks: ['applications.draftAtWork'],
    at: draft
  },
  {
    door: 'GET /applications/[application]/copy-out/sheet.txt',
    asks: ['applications.draftAtWork'],
    at: draft
  },
  {
    door: 'GET /applications/[application]/copy-out/sheet.json',
    asks: ['applications.draftAtWork'],
    at: draft
  },
  {
    // Without a file: whoever may file a receipt is asked for it.
    door: 'post /applications/[application]/copy-out?/file',
    asks: ['applications.draftAtWork', 'applications.file-official-receipt'],
    at: draft
  },
  {
    door: 'GET /applications/[application]/copy-out/receipts/[receipt]',
    asks: ['applications.officialReceiptFile'],
    at: (world) => {
      const { parts, concerns } = draft(world)
      return { parts: { ...parts, receipt: world.application.receipt }, concerns }
    }
  },
  {
    // The form has no template for this one.
    door: 'GET /applications/[application]/template/[path]',
    asks: ['applications.draftAtWork'],
    at: attachment
  },
  {
    // A form in which nothing was changed.
    door: 'post /applications/[application]/sections/[section]?/save',
    asks: ['applications.draftAtWork', 'applications.save-answer'],
    at: section
  },
  {
    door: 'post /applications/[application]/sections/[section]?/rows',
    asks: ['applications.change-rows'],
    at: (world) => {
      const { parts, concerns } = section(world)
      return { parts: { ...parts, section: 'work-packages' }, concerns, body: { change: 'add' } }
    }
  },
  {
    door: 'api GET /api/v1/applications/:application/files/:path',
    asks: ['applications.attachmentOf'],
    at: attachment
  },
  {
    // What is no file: whoever may give one hears so.
    door: 'api PUT /api/v1/applications/:application/files/:path',
    asks: ['applications.attach-file'],
    at: (world) => ({ ...attachment(world), query: 'base=0&name=a.pdf' })
  },
  {
    door: 'api DELETE /api/v1/applications/:application/files/:path',
    asks: ['applications.remove-attachment'],
    at: (world) => ({ ...attachment(world), query: 'base=0' })
  },
  {
    door: 'api POST /api/v1/applications/:application/clones',
    asks: ['applications.clone-application'],
    at: (world) => ({
      ...draft(world),
      body: { ...begun(world), call: 'none', action: 'cooperation-partnerships', field: 'school' }
    })
  },
  {
    door: 'api POST /api/v1/applications',
    asks: ['applications.start-application'],
    at: (world) => ({
      concerns: { organisation: world.school.id },
      body: { ...begun(world), call: 'none', action: 'cooperation-partnerships', field: 'school' }
    })
  }
]
