/** Places whose next part is the secret of a mailed link: whoever has it answers, joins or proves in its name. */
const beforeSecrets =
  /\/(?:applications\/mandates|organisations\/(?:domain-proofs|invitations)|calls\/watches)\/(?=[^/])/

const most = 200

/**
 * The path of a request as the log may keep it: without what follows “?”, which may be somebody's draft, without the
 * secret of a mailed link, and not longer than anybody reads.
 */
export function loggedPath(path: string): string {
  const [whole = '/'] = path.split('?', 1)
  const secret = beforeSecrets.exec(readable(whole))
  // What stands behind the secret says nothing that a log would need.
  const safe = secret ? `${readable(whole).slice(0, secret.index)}${secret[0]}…` : whole
  return safe.slice(0, most)
}

/** As the pages read it: a letter may be written as %6D. */
function readable(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
