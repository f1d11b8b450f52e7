// The counter and the rows are live here, so this page ships its script.
export const csr = true
