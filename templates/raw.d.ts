/** Files that are taken as text, as the bundler does where an import says so. */
declare module '*?raw' {
  const text: string;
  export default text;
}
