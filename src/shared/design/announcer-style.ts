/**
 * The only style attribute on the site: the one with which SvelteKit hides its route announcer. The policy allows
 * it by its hash; tests/journeys/site.test.ts fails when SvelteKit changes it.
 */
export const announcerStyle =
  'position: absolute; left: 0; top: 0; clip: rect(0 0 0 0); clip-path: inset(50%); overflow: hidden; white-space: nowrap; width: 1px; height: 1px'
