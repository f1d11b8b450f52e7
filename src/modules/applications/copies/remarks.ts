/**
 * What an assessor remarked on an answer. `by` tells assessors apart and names none: the first, the second, counted
 * from 1 for each application.
 */
export type Remark = { by: number; text: string }

/**
 * What was remarked on an application, named by its id, by the path of the answer, as far as those who wrote it may
 * read it; a question that applications ask and `assessment` answers (registered by the shell).
 */
export type RemarksOn = (application: string) => Promise<ReadonlyMap<string, readonly Remark[]>>

/** The answer while there is no module in which applications are assessed. */
export const noRemarksYet: RemarksOn = async () => new Map()
