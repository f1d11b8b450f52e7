/** What a merge brought from one record to the other, by ids, so that it can be brought back. */
export type Moved = {
  /** Facts that the record that stayed has from the other; the other keeps its own. */
  facts: string[]
  /** people.role */
  roles: string[]
  contacts: string[]
  requests: string[]
  invitations: string[]
  proofs: string[]
  grants: string[]
  /** Erasmus codes of the list of charter holders. */
  holders: string[]
}
