import type { Door } from '../door.ts'

export const applicationsBudgetDoors: readonly Door[] = []
