/** Something that ends by itself, or is ended when its time is up. */
export interface Limited {
  readonly expire: () => void;
}

export interface Deadlines {
  readonly add: (limited: Limited, limitMs: number) => void;
  readonly remove: (limited: Limited) => void;
}

/**
 * One timer serves all that is open: setting and clearing one for each request would take longer than all the repairs.
 * It keeps the process alive as long as anything is open, since Lambda takes an idle process for an answer: `null`.
 */
export function createDeadlines(): Deadlines {
  const open = new Map<Limited, number>();
  let timer: NodeJS.Timeout | undefined;
  let timerAt = Infinity;

  function arm(at: number): void {
    clearTimeout(timer);
    timerAt = at;
    timer = setTimeout(expire, at - Date.now());
  }

  function expire(): void {
    timerAt = Infinity;
    for (const [limited, at] of open) {
      if (at > Date.now()) {
        if (at < timerAt) arm(at);
      } else {
        open.delete(limited);
        limited.expire();
      }
    }
  }

  return {
    add: (limited, limitMs) => {
      const at = Date.now() + limitMs;
      open.set(limited, at);
      if (at < timerAt) arm(at);
      else if (open.size === 1) timer?.ref();
    },
    remove: (limited) => {
      if (open.delete(limited) && open.size === 0) timer?.unref();
    },
  };
}
