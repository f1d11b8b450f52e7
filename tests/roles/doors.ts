import type { Door } from './door.ts'
import { applicationsBudgetDoors } from './doors/applications-budget.ts'
import { applicationsConsortiumDoors } from './doors/applications-consortium.ts'
import { applicationsEditorDoors } from './doors/applications-editor.ts'
import { applicationsSubmissionDoors } from './doors/applications-submission.ts'
import { applicationsWritingDoors } from './doors/applications-writing.ts'
import { callsDoors } from './doors/calls.ts'
import { demoDoors } from './doors/demo.ts'
import { directoryDoors } from './doors/directory.ts'
import { operationsDoors } from './doors/operations.ts'
import { organisationsDoors } from './doors/organisations.ts'
import { peopleDoors } from './doors/people.ts'
import { programmesDoors } from './doors/programmes.ts'
import { shellDoors } from './doors/shell.ts'

/** Every door of the product. A test compares with the code: routes.ts. */
export const doors: readonly Door[] = [
  ...shellDoors,
  ...demoDoors,
  ...peopleDoors,
  ...programmesDoors,
  ...organisationsDoors,
  ...directoryDoors,
  ...callsDoors,
  ...applicationsConsortiumDoors,
  ...applicationsBudgetDoors,
  ...applicationsWritingDoors,
  ...applicationsSubmissionDoors,
  ...applicationsEditorDoors,
  ...operationsDoors
]
