-- SPDX-License-Identifier: GPL-3.0-or-later
-- The rules of a posting in the server: lock, decide, write, answer. Refusals are answered as
-- data (code LG001…), never raised. The client's row-lock way decides alike; one suite holds both.

CREATE TYPE tallystick.answer AS (
    code             text,    -- null: posted or replayed; else why it was refused
    key              text,
    requested        bigint,
    applied          bigint,
    balance          bigint,  -- after the posting; of a refusal: the one it was decided on
    at_micros        bigint,
    sequence         bigint,
    replayed         boolean,
    clamp            text,
    remaining        bigint,  -- of a refund refused as too much: what is left of the payment
    lock_wait_micros bigint,
    work_micros      bigint
);

CREATE FUNCTION tallystick.micros(p_at timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (extract(epoch FROM p_at) * 1000000)::bigint;

-- Makes the balance row from history where it is missing. Locking a missing row locks nothing, so
-- it is made first: whoever comes second waits here for the first one's commit.
CREATE FUNCTION tallystick.ensure_balance(p_user text) RETURNS void
LANGUAGE sql
BEGIN ATOMIC
    INSERT INTO platform."UserBalance" ("userId", balance, "updatedAt", sequence)
    SELECT u.id,
           least(greatest(coalesce(
               (SELECT t."runningBalance" FROM platform."CreditTransaction" t
                WHERE t."userId" = u.id AND t."isActive" AND t."runningBalance" IS NOT NULL
                ORDER BY t."createdAt" DESC, t.sequence DESC NULLS LAST LIMIT 1),
               (SELECT sum(t.amount) FROM platform."CreditTransaction" t
                WHERE t."userId" = u.id AND t."isActive"),
               0), -2147483648), 2147483647)::integer,
           coalesce((SELECT max(t."createdAt") FROM platform."CreditTransaction" t
                     WHERE t."userId" = u.id), clock_timestamp()),
           coalesce((SELECT greatest(max(t.sequence), count(*)) FROM platform."CreditTransaction" t
                     WHERE t."userId" = u.id AND t."isActive"), 0)
    FROM platform."User" u
    WHERE u.id = p_user
    ON CONFLICT ("userId") DO NOTHING;
END;

-- The locked balance and how long its lock was waited for; balance is null for an unknown user.
CREATE FUNCTION tallystick.lock_balance(p_user text, OUT balance bigint, OUT sequence bigint,
                                        OUT last_at timestamptz, OUT locked_at timestamptz,
                                        OUT wait_micros bigint)
LANGUAGE plpgsql AS $$
DECLARE
    v_asked timestamptz := clock_timestamp();
BEGIN
    SELECT b.balance, b.sequence, b."updatedAt" INTO balance, sequence, last_at
    FROM platform."UserBalance" b WHERE b."userId" = p_user FOR UPDATE;
    IF NOT FOUND THEN
        PERFORM tallystick.ensure_balance(p_user);
        SELECT b.balance, b.sequence, b."updatedAt" INTO balance, sequence, last_at
        FROM platform."UserBalance" b WHERE b."userId" = p_user FOR UPDATE;
    END IF;
    locked_at := clock_timestamp();
    wait_micros := tallystick.micros(locked_at) - tallystick.micros(v_asked);
END
$$;

-- Funds, ceiling and range on a locked balance. Beyond ±2^33 every amount decides alike on a
-- 32-bit balance; narrowed to it, no sum overflows.
CREATE FUNCTION tallystick.decide(p_balance bigint, p_amount bigint, p_ceiling bigint,
                                  p_may_overdraw boolean, p_active boolean,
                                  OUT code text, OUT applied bigint, OUT clamp text)
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    v_amount  bigint := least(greatest(p_amount, -8589934592), 8589934592);
    v_ceiling bigint := least(greatest(p_ceiling, -8589934592), 8589934592);
    v_inside  bigint;
BEGIN
    clamp := '';
    IF NOT p_active THEN
        applied := least(greatest(v_amount, -2147483648), 2147483647);
        IF applied <> p_amount THEN
            clamp := 'range';
        END IF;
        RETURN;
    END IF;
    IF v_amount < 0 AND NOT p_may_overdraw AND p_balance + v_amount < 0 THEN
        code := 'LG002';
        RETURN;
    END IF;
    applied := v_amount;
    IF v_amount > 0 AND p_ceiling IS NOT NULL THEN
        IF p_balance >= v_ceiling THEN
            code := 'LG003';
            RETURN;
        END IF;
        IF v_amount > v_ceiling - p_balance THEN
            applied := v_ceiling - p_balance;
            clamp := 'ceiling';
        END IF;
    END IF;
    -- Neither the balance nor the row's own amount may leave the stored range.
    v_inside := least(greatest(p_balance + applied, -2147483648), 2147483647) - p_balance;
    v_inside := least(greatest(v_inside, -2147483648), 2147483647);
    IF v_inside <> applied THEN
        applied := v_inside;
        clamp := 'range';
    END IF;
END
$$;

-- What metadata keeps beside the caller's own: what was asked for, where less was applied.
CREATE FUNCTION tallystick.with_clamp(p_metadata jsonb, p_requested bigint, p_clamp text)
RETURNS jsonb
LANGUAGE sql IMMUTABLE
RETURN CASE WHEN p_clamp = '' THEN p_metadata
            ELSE coalesce(p_metadata, '{}')
                 || jsonb_build_object('requestedAmount', p_requested, 'clamp', p_clamp) END;

-- What is left to refund of a payment; code says why nothing can be refunded of this key at all.
CREATE FUNCTION tallystick.refundable(p_user text, p_payment text, OUT code text,
                                      OUT remaining bigint)
LANGUAGE plpgsql AS $$
DECLARE
    v_payment record;
BEGIN
    SELECT t.amount, t.type, t."isActive" INTO v_payment
    FROM platform."CreditTransaction" t
    WHERE t."transactionKey" = p_payment AND t."userId" = p_user;
    IF NOT FOUND THEN
        code := 'LG009';
    ELSIF NOT v_payment."isActive" OR v_payment.type <> 'TOP_UP' OR v_payment.amount <= 0 THEN
        code := 'LG015';
    ELSIF EXISTS (SELECT FROM platform."CreditTransaction" t
                  WHERE t."transactionKey" = 'REVERSAL-' || p_payment AND t."userId" = p_user) THEN
        remaining := 0;
    ELSE
        SELECT v_payment.amount + coalesce(sum(t.amount), 0) INTO remaining
        FROM platform."CreditTransaction" t
        WHERE t."userId" = p_user AND t.metadata ->> 'refundOf' = p_payment AND t."isActive";
    END IF;
END
$$;

-- The answer where a row with this key stands already; null where none does. For a pending posting
-- (p_active false) a row that was activated under a new key still answers for the old one.
CREATE FUNCTION tallystick.answer_existing(p_user text, p_key text,
                                           p_type platform."CreditTransactionType",
                                           p_requested bigint, p_refund_of text,
                                           p_claim_once boolean, p_active boolean,
                                           p_balance bigint)
RETURNS tallystick.answer
LANGUAGE plpgsql AS $$
DECLARE
    t platform."CreditTransaction";
    a tallystick.answer;
BEGIN
    SELECT * INTO t FROM platform."CreditTransaction" x
    WHERE x."transactionKey" = p_key AND x."userId" = p_user;
    IF NOT FOUND AND NOT p_active THEN
        SELECT * INTO t FROM platform."CreditTransaction" x
        WHERE x."userId" = p_user AND x.metadata ->> 'activatedFrom' = p_key LIMIT 1;
    END IF;
    IF t."transactionKey" IS NULL THEN
        RETURN NULL;
    END IF;
    a.key := t."transactionKey";
    a.balance := p_balance;
    a.requested := p_requested;
    IF p_claim_once THEN
        a.code := 'LG005';
    ELSIF t.type <> p_type
          OR coalesce((t.metadata ->> 'requestedAmount')::bigint, t.amount) <> p_requested
          OR t.metadata ->> 'refundOf' IS DISTINCT FROM p_refund_of
          OR (p_active AND NOT t."isActive") THEN -- a pending row moved nothing
        a.code := 'LG004';
    ELSE
        a.applied := t.amount;
        a.balance := coalesce(t."runningBalance", p_balance);
        a.at_micros := tallystick.micros(t."createdAt");
        a.sequence := t.sequence;
        a.clamp := coalesce(t.metadata ->> 'clamp', '');
        a.replayed := true;
    END IF;
    RETURN a;
END
$$;

-- Writes the row an answer speaks of and moves the locked balance to it; false, and nothing
-- written, where the key is taken.
CREATE FUNCTION tallystick.append_row(p_answer tallystick.answer, p_user text,
                                      p_type platform."CreditTransactionType", p_active boolean,
                                      p_metadata jsonb, p_at timestamptz)
RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO platform."CreditTransaction"
        ("transactionKey", "createdAt", "userId", amount, type, "isActive", metadata,
         "runningBalance", sequence)
    VALUES
        (p_answer.key, p_at, p_user, p_answer.applied, p_type, p_active,
         tallystick.with_clamp(p_metadata, p_answer.requested, p_answer.clamp),
         p_answer.balance, p_answer.sequence)
    ON CONFLICT ("transactionKey", "userId") DO NOTHING;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    UPDATE platform."UserBalance"
    SET balance = p_answer.balance, "updatedAt" = p_at,
        sequence = coalesce(p_answer.sequence, sequence)
    WHERE "userId" = p_user;
    RETURN true;
END
$$;

CREATE FUNCTION tallystick.post(p_user text, p_amount bigint,
                                p_type platform."CreditTransactionType", p_key text,
                                p_ceiling bigint, p_may_overdraw boolean, p_active boolean,
                                p_claim_once boolean, p_refund_of text, p_metadata jsonb)
RETURNS tallystick.answer
LANGUAGE plpgsql AS $$
DECLARE
    v_at timestamptz;
    b    record;
    d    record;
    r    record;
    a    tallystick.answer;
    e    tallystick.answer;
BEGIN
    SELECT * INTO b FROM tallystick.lock_balance(p_user);
    a.key := p_key;
    a.requested := p_amount;
    a.balance := b.balance;
    a.replayed := false;
    a.lock_wait_micros := b.wait_micros;

    <<decision>>
    BEGIN
        IF b.balance IS NULL THEN
            a.code := 'LG001';
            a.balance := 0;
            EXIT decision;
        END IF;
        IF NOT p_active THEN
            e := tallystick.answer_existing(p_user, p_key, p_type, p_amount, p_refund_of,
                                            p_claim_once, p_active, b.balance);
            EXIT decision WHEN e.key IS NOT NULL;
        END IF;
        IF p_refund_of IS NOT NULL AND p_active THEN
            SELECT * INTO r FROM tallystick.refundable(p_user, p_refund_of);
            a.remaining := r.remaining;
            a.code := CASE WHEN r.code IS NOT NULL THEN r.code
                           WHEN p_amount < -r.remaining THEN 'LG008' END;
        END IF;
        IF a.code IS NULL THEN
            SELECT * INTO d FROM tallystick.decide(b.balance, p_amount, p_ceiling, p_may_overdraw,
                                                   p_active);
            a.code := d.code;
        END IF;
        IF a.code IS NOT NULL THEN -- a replay comes before every refusal
            e := tallystick.answer_existing(p_user, p_key, p_type, p_amount, p_refund_of,
                                            p_claim_once, p_active, b.balance);
            EXIT decision;
        END IF;

        v_at := greatest(clock_timestamp(), b.last_at + interval '1 microsecond');
        a.applied := d.applied;
        a.clamp := d.clamp;
        a.at_micros := tallystick.micros(v_at);
        IF p_active THEN
            a.balance := b.balance + d.applied;
            a.sequence := b.sequence + 1;
        END IF;
        IF NOT tallystick.append_row(a, p_user, p_type, p_active, p_metadata, v_at) THEN
            e := tallystick.answer_existing(p_user, p_key, p_type, p_amount, p_refund_of,
                                            p_claim_once, p_active, b.balance);
        END IF;
    END decision;

    IF e.key IS NOT NULL THEN
        e.lock_wait_micros := a.lock_wait_micros;
        a := e;
    END IF;
    a.work_micros := tallystick.micros(clock_timestamp()) - tallystick.micros(b.locked_at);
    RETURN a;
END
$$;

CREATE FUNCTION tallystick.reverse(p_user text, p_key text, p_metadata jsonb)
RETURNS tallystick.answer
LANGUAGE plpgsql AS $$
DECLARE
    v_at timestamptz;
    b    record;
    d    record;
    t    platform."CreditTransaction";
    a    tallystick.answer;
BEGIN
    SELECT * INTO b FROM tallystick.lock_balance(p_user);
    a.key := 'REVERSAL-' || p_key;
    a.balance := coalesce(b.balance, 0);
    a.replayed := false;
    a.lock_wait_micros := b.wait_micros;
    IF b.balance IS NULL THEN
        a.code := 'LG001';
    ELSE
        SELECT * INTO t FROM platform."CreditTransaction" x
        WHERE x."transactionKey" = p_key AND x."userId" = p_user;
        a.requested := -(t.amount::bigint);
        a.code := CASE
            WHEN t."transactionKey" IS NULL THEN 'LG009'
            WHEN EXISTS (SELECT FROM platform."CreditTransaction" x
                         WHERE x."transactionKey" = a.key AND x."userId" = p_user) THEN 'LG007'
            WHEN NOT t."isActive" OR t.amount = 0 OR jsonb_exists(t.metadata, 'reverses')
                THEN 'LG010'
            WHEN t.type = 'TOP_UP'
                 AND EXISTS (SELECT FROM platform."CreditTransaction" x
                             WHERE x."userId" = p_user AND x.metadata ->> 'refundOf' = p_key
                               AND x."isActive") THEN 'LG010' END;
    END IF;
    IF a.code IS NULL THEN
        SELECT * INTO d FROM tallystick.decide(b.balance, a.requested, NULL, true, true);
        v_at := greatest(clock_timestamp(), b.last_at + interval '1 microsecond');
        a.applied := d.applied;
        a.clamp := d.clamp;
        a.balance := b.balance + d.applied;
        a.sequence := b.sequence + 1;
        a.at_micros := tallystick.micros(v_at);
        IF NOT tallystick.append_row(
            a, p_user, t.type, true,
            coalesce(p_metadata, '{}') || jsonb_build_object('reverses', p_key)
            || CASE WHEN t.metadata ->> 'refundOf' IS NULL THEN '{}'
                    ELSE jsonb_build_object('refundOf', t.metadata ->> 'refundOf') END,
            v_at) THEN
            RAISE unique_violation; -- looked for under the lock: cannot be
        END IF;
    END IF;
    a.work_micros := tallystick.micros(clock_timestamp()) - tallystick.micros(b.locked_at);
    RETURN a;
END
$$;

CREATE FUNCTION tallystick.activate(p_user text, p_key text, p_new_key text, p_metadata jsonb)
RETURNS tallystick.answer
LANGUAGE plpgsql AS $$
DECLARE
    v_at timestamptz;
    b    record;
    d    record;
    t    platform."CreditTransaction";
    a    tallystick.answer;
BEGIN
    SELECT * INTO b FROM tallystick.lock_balance(p_user);
    a.key := coalesce(p_new_key, p_key);
    a.balance := coalesce(b.balance, 0);
    a.replayed := false;
    a.lock_wait_micros := b.wait_micros;
    IF b.balance IS NULL THEN
        a.code := 'LG001';
    ELSE
        SELECT * INTO t FROM platform."CreditTransaction" x
        WHERE x."transactionKey" = p_key AND x."userId" = p_user;
        a.requested := coalesce((t.metadata ->> 'requestedAmount')::bigint, t.amount);
        a.code := CASE
            WHEN t."isActive" THEN 'LG006'
            WHEN t."transactionKey" IS NULL
                 AND EXISTS (SELECT FROM platform."CreditTransaction" x
                             WHERE x."userId" = p_user AND x.metadata ->> 'activatedFrom' = p_key)
                THEN 'LG006'
            WHEN t."transactionKey" IS NULL THEN 'LG009'
            WHEN a.key <> p_key
                 AND EXISTS (SELECT FROM platform."CreditTransaction" x
                             WHERE x."transactionKey" = a.key AND x."userId" = p_user)
                THEN 'LG004' END;
        IF a.code IS NULL THEN
            SELECT * INTO d FROM tallystick.decide(b.balance, a.requested, NULL, false, true);
            a.code := d.code;
        END IF;
    END IF;
    IF a.code IS NULL THEN
        v_at := greatest(clock_timestamp(), b.last_at + interval '1 microsecond');
        a.applied := d.applied;
        a.clamp := d.clamp;
        a.balance := b.balance + d.applied;
        a.sequence := b.sequence + 1;
        a.at_micros := tallystick.micros(v_at);
        UPDATE platform."CreditTransaction"
        SET "transactionKey" = a.key, "createdAt" = v_at, amount = d.applied, "isActive" = true,
            "runningBalance" = a.balance, sequence = a.sequence,
            metadata = tallystick.with_clamp(
                (coalesce(t.metadata, '{}') - 'requestedAmount' - 'clamp')
                || coalesce(p_metadata, '{}')
                || jsonb_build_object('activatedFrom', p_key, 'pendingSince',
                       to_char(t."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
                a.requested, d.clamp)
        WHERE "transactionKey" = p_key AND "userId" = p_user;
        UPDATE platform."UserBalance"
        SET balance = a.balance, "updatedAt" = v_at, sequence = a.sequence
        WHERE "userId" = p_user;
    END IF;
    a.work_micros := tallystick.micros(clock_timestamp()) - tallystick.micros(b.locked_at);
    RETURN a;
END
$$;
