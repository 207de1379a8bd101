/** Where the guide to overlays is read. */
export const guide = 'https://github.com/generator-tsflask/generator-tsflask/blob/main/docs/extending.md';
