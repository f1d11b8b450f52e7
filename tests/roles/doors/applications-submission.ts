import type { Door } from '../door.ts'

export const applicationsSubmissionDoors: readonly Door[] = []
