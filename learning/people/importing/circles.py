"""Circles in the managers' line: pure. Nobody stands above themselves, at any depth."""


def circles(managers):
    """Lists of keys, each above the next and the last above the first. `managers` is `{key: [keys of managers]}`."""
    done = set()
    for start in managers:
        path, where = [], {}
        # Depth first without recursion: a line may be as long as the company is large.
        steps = [(start, iter(managers.get(start, ())))] if start not in done else []
        if steps:
            path.append(start)
            where[start] = 0
        while steps:
            key, bosses = steps[-1]
            boss = next(bosses, None)
            if boss is None:
                steps.pop()
                path.pop()
                del where[key]
                done.add(key)
            elif boss in where:
                yield path[where[boss] :]
            elif boss not in done:
                where[boss] = len(path)
                path.append(boss)
                steps.append((boss, iter(managers.get(boss, ()))))
