// Passkeys are asked of the browser by script.
export const csr = true
