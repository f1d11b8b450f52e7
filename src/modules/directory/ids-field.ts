import { z } from 'zod'

/** Any number of ids; none is []. */
export const ids = () =>
  z.preprocess(
    (given) => (given === undefined || given === '' ? [] : Array.isArray(given) ? given : [given]),
    z.array(z.uuid('form.not-offered')).max(100, 'form.not-offered')
  )
