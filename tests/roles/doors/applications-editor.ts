import type { Door } from '../door.ts'

export const applicationsEditorDoors: readonly Door[] = []
