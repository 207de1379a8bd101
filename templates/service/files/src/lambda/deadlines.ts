/** Something that ends by itself, or is ended when its time is up. */
export interface Limited {
  readonly expire: () => void;
}

export interface Deadlines {
  readonly add: (limited: Limited, limitMs: number) => void;
  readonly remove: (limited: Limited) => void;
}

/** One timer serves all that is open: setting and clearing one for each request would take longer than all the repairs. */
export function createDeadlines(): Deadlines {
  const open = new Map<Limited, number>();
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Infinity;

  function arm(at: number): void {
    clearTimeout(timer);
    timerAt = at;
    // It may fire with nothing open, so it must not keep a process alive.
    timer = setTimeout(expire, at - Date.now()).unref();
  }

  function expire(): void {
    timerAt = Infinity;
    for (const [limited, at] of open) {
      if (at <= Date.now()) limited.expire();
      else if (at < timerAt) arm(at);
    }
  }

  return {
    add: (limited, limitMs) => {
      const at = Date.now() + limitMs;
      open.set(limited, at);
      if (at < timerAt) arm(at);
    },
    remove: (limited) => void open.delete(limited),
  };
}
