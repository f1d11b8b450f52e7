/** The box in which a request is answered. */
export const answerName = (request: string) => `answer:${request}`
