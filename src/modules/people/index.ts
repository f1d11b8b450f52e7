/** The door for everybody, safe in a browser. */
export {}
