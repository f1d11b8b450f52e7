import type { Door } from '../door.ts'
import type { World } from '../world.ts'

/** Maria’s draft, at a line that is not there. */
const draft = ({ application, school }: World) => ({
  parts: { application: application.code, line: 'k3j9x2ab' },
  concerns: { organisation: school.id }
})

/** A line of nobody in the consortium: whoever may write hears so. */
const line = {
  seen: 0,
  line: { participant: '00000000-0000-4000-8000-000000000000', category: 'none', title: '' }
}

export const applicationsBudgetDoors: readonly Door[] = [
  {
    door: 'api GET /api/v1/applications/:application/budget',
    asks: ['applications.budgetAtWork'],
    at: draft
  },
  {
    door: 'api PUT /api/v1/applications/:application/budget',
    asks: ['applications.replace-budget'],
    at: (world) => ({ ...draft(world), body: { seen: '', lines: [] } })
  },
  {
    door: 'api PUT /api/v1/applications/:application/budget/lines/:line',
    asks: ['applications.save-budget-line'],
    at: (world) => ({ ...draft(world), body: line })
  },
  {
    door: 'api DELETE /api/v1/applications/:application/budget/lines/:line',
    asks: ['applications.remove-budget-line'],
    at: (world) => ({ ...draft(world), query: 'seen=1' })
  },
  { door: 'load /applications/[application]/budget', asks: ['applications.budgetAtWork'], at: draft },
  {
    door: 'post /applications/[application]/budget?/save',
    asks: ['applications.save-budget-line'],
    at: (world) => ({ ...draft(world), body: { ...line.line, id: 'k3j9x2ab', seen: 0 } })
  },
  {
    door: 'post /applications/[application]/budget?/remove',
    asks: ['applications.remove-budget-line'],
    at: (world) => ({ ...draft(world), body: { id: 'k3j9x2ab', seen: 1 } })
  },
  {
    door: 'post /applications/[application]/budget?/lump',
    asks: ['applications.save-answer'],
    at: (world) => ({ ...draft(world), body: { base: 0, sum: 1 } })
  },
  {
    door: 'GET /applications/[application]/budget/sheet.xlsx',
    asks: ['applications.budgetAtWork'],
    at: draft
  },
  { door: 'load /applications/[application]/budget/import', asks: ['applications.budgetAtWork'], at: draft },
  {
    door: 'post /applications/[application]/budget/import?/show',
    asks: ['applications.budgetAtWork'],
    at: draft
  },
  {
    door: 'post /applications/[application]/budget/import?/apply',
    asks: ['applications.replace-budget'],
    at: (world) => ({ ...draft(world), body: { seen: '', lines: '[]' } })
  }
]
