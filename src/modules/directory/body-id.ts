/** Words that already stand for a page below /directory. */
const taken = new Set(['advice', 'advice-given', 'desk', 'invitation', 'new', 'who-handles', 'any', 'europe'])

/** Whether something can be the id of a body: small letters, digits and hyphens, as lv-viaa. */
export function isBodyId(id: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(id) && id.length <= 60 && !taken.has(id)
}
