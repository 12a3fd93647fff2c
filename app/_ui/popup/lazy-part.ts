"use client";

import { type ComponentType, useEffect, useReducer, useRef } from "react";

/** A component in a chunk of its own, which is fetched when it is needed. */
export interface LazyPart<Props> {
  /** Fetches the chunk. Rejects when that fails; the next call tries again. */
  load: () => Promise<void>;
  /** Fetches the chunk early. Failures are ignored, since `load` will tell. */
  prefetch: () => void;
  /** The component, once it is loaded. */
  component: ComponentType<Props> | null;
}

/** Declares a component that `importer` imports. Unlike `React.lazy`, one that fails to load does not throw while rendering. */
export function lazyPart<Props>(importer: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  let loading: Promise<void> | null = null;
  const part: LazyPart<Props> = {
    component: null,
    load: () => {
      loading ??= importer().then(
        (component) => {
          part.component = component;
        },
        (error) => {
          loading = null;
          throw error;
        },
      );
      return loading;
    },
    prefetch: () => void part.load().catch(() => {}),
  };
  return part;
}

/** The component of a part once it is loaded, which starts as soon as it is `requested`. `onError` is called if that fails. */
export function useLazyPart<Props>(
  part: LazyPart<Props>,
  requested: boolean,
  onError: () => void,
): ComponentType<Props> | null {
  const [, rerender] = useReducer((count: number) => count + 1, 0);
  const handleError = useRef(onError);
  useEffect(() => {
    handleError.current = onError;
  });
  useEffect(() => {
    if (!requested || part.component) return;
    let mounted = true;
    part.load().then(
      () => mounted && rerender(),
      () => mounted && handleError.current(),
    );
    return () => {
      mounted = false;
    };
  }, [part, requested]);
  return part.component;
}
