-- SPDX-License-Identifier: GPL-3.0-or-later
-- The reference tables with microsecond time and a sequence per user, and the lab's own marker.
CREATE SCHEMA platform;

CREATE TYPE platform."CreditTransactionType" AS ENUM
    ('TOP_UP', 'USAGE', 'GRANT', 'REFUND', 'CARD_CHECK', 'SUBSCRIPTION');

CREATE TABLE platform."User" (
    id          text PRIMARY KEY CHECK (id <> ''),
    email       text NOT NULL UNIQUE,
    name        text,
    "createdAt" timestamptz(6) NOT NULL DEFAULT now(),
    "updatedAt" timestamptz(6) NOT NULL DEFAULT now()
);

-- One row a user, updated by every posting: room on the page keeps the updates heap-only.
CREATE TABLE platform."UserBalance" (
    "userId"    text PRIMARY KEY REFERENCES platform."User" (id) ON DELETE CASCADE,
    balance     integer NOT NULL DEFAULT 0,
    "updatedAt" timestamptz(6) NOT NULL,
    sequence    bigint NOT NULL DEFAULT 0 CHECK (sequence >= 0)
) WITH (fillfactor = 50);

CREATE TABLE platform."CreditTransaction" (
    "transactionKey" text NOT NULL,
    "createdAt"      timestamptz(6) NOT NULL DEFAULT now(),
    "userId"         text NOT NULL REFERENCES platform."User" (id),
    amount           integer NOT NULL,
    type             platform."CreditTransactionType" NOT NULL,
    "isActive"       boolean NOT NULL DEFAULT true,
    metadata         jsonb,
    "runningBalance" integer,
    sequence         bigint CHECK (sequence > 0),
    PRIMARY KEY ("transactionKey", "userId"),
    CHECK ("isActive" OR sequence IS NULL),
    CHECK (metadata IS NULL OR jsonb_typeof(metadata) = 'object')
);
CREATE INDEX "CreditTransaction_userId_createdAt_idx"
    ON platform."CreditTransaction" ("userId", "createdAt");
-- Few rows carry these; looking them up under the lock must not read a whole history.
CREATE INDEX "CreditTransaction_refundOf_idx"
    ON platform."CreditTransaction" ("userId", (metadata ->> 'refundOf'))
    WHERE metadata ->> 'refundOf' IS NOT NULL;
CREATE INDEX "CreditTransaction_activatedFrom_idx"
    ON platform."CreditTransaction" ("userId", (metadata ->> 'activatedFrom'))
    WHERE metadata ->> 'activatedFrom' IS NOT NULL;

CREATE TABLE platform."CreditRefundRequest" (
    id               text NOT NULL,
    "createdAt"      timestamptz(6) NOT NULL DEFAULT now(),
    "updatedAt"      timestamptz(6) NOT NULL DEFAULT now(),
    "userId"         text NOT NULL,
    "transactionKey" text NOT NULL,
    amount           integer NOT NULL,
    reason           text NOT NULL,
    result           text,
    status           text NOT NULL DEFAULT 'PENDING'
                     CHECK (status IN ('PENDING', 'APPROVED', 'REJECTED')),
    PRIMARY KEY ("userId", id)
);

CREATE TABLE platform."UserOnboarding" (
    "userId"      text PRIMARY KEY REFERENCES platform."User" (id) ON DELETE CASCADE,
    "rewardedFor" text[] NOT NULL DEFAULT '{}'
);

-- A ledger grows by rows and is never edited: the one update allowed makes a pending row count.
CREATE FUNCTION tallystick.guard_history() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NOT OLD."isActive" AND NEW."isActive"
       AND NEW."userId" = OLD."userId" AND NEW.type = OLD.type THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'UPDATE' AND current_setting('tallystick.removing', true) = 'on' THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'the history of a ledger is append-only'
        USING ERRCODE = 'LGX01',
              HINT = 'Post a reversal. Test users are removed with tallystick.remove_users().';
END
$$;
CREATE TRIGGER guard_history BEFORE UPDATE OR DELETE ON platform."CreditTransaction"
    FOR EACH ROW EXECUTE FUNCTION tallystick.guard_history();
CREATE TRIGGER guard_history_truncate BEFORE TRUNCATE ON platform."CreditTransaction"
    FOR EACH STATEMENT EXECUTE FUNCTION tallystick.guard_history();

-- The one way out for users of tests and stress runs: rows, then balance, then user.
CREATE FUNCTION tallystick.remove_users(p_users text[]) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_removed bigint;
BEGIN
    PERFORM set_config('tallystick.removing', 'on', true);
    DELETE FROM platform."CreditTransaction" WHERE "userId" = ANY (p_users);
    PERFORM set_config('tallystick.removing', 'off', true);
    DELETE FROM platform."UserBalance" WHERE "userId" = ANY (p_users);
    DELETE FROM platform."CreditRefundRequest" WHERE "userId" = ANY (p_users);
    DELETE FROM platform."User" WHERE id = ANY (p_users);
    GET DIAGNOSTICS v_removed = ROW_COUNT;
    RETURN v_removed;
END
$$;
