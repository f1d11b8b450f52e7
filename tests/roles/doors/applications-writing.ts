import type { Door } from '../door.ts'

export const applicationsWritingDoors: readonly Door[] = []
