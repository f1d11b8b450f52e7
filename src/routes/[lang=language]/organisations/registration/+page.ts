import type { PageLoad } from './$types'

// Suggestions while somebody types a name; without script they come when the form is sent.
export const csr = true

export const load: PageLoad = ({ data }) => data
