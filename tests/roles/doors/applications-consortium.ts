import type { Door } from '../door.ts'

export const applicationsConsortiumDoors: readonly Door[] = []
