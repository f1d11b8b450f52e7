/**
 * The most bytes of a form that are read as they come: the largest file that a form takes (20 MB), and some more. Of
 * whoever is not signed in less is taken: see page-body-limit.ts.
 */
export const largestPageBody = 22_000_000
