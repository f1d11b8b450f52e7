import { sections } from '../../record/sections.ts'

/** The steps of editing, in their order: those of facts, then the others. */
export const steps = [...sections, 'contacts', 'shown', 'picture'] as const

export type Step = (typeof steps)[number]

export function isStep(value: string): value is Step {
  return (steps as readonly string[]).includes(value)
}
