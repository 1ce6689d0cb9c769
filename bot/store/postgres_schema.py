"""The tables in PostgreSQL, and the function that commits a move in one round trip."""

from typing import Final

# A migration a version; only ever add to them.
MIGRATIONS: Final = (
    """
    CREATE TABLE bot_meta (name text PRIMARY KEY, value bytea NOT NULL);
    CREATE TABLE bot_schema (version integer NOT NULL);
    INSERT INTO bot_schema VALUES (0);
    CREATE TABLE bot_states (
        chat text PRIMARY KEY,
        version bigint NOT NULL,
        state bytea NOT NULL,
        at double precision NOT NULL
    );
    CREATE TABLE bot_updates (
        chat text NOT NULL,
        id bigint NOT NULL,
        at double precision NOT NULL,
        PRIMARY KEY (chat, id)
    );
    CREATE INDEX bot_updates_by_age ON bot_updates (at);
    CREATE TABLE bot_replies (
        chat text NOT NULL,
        id bigint NOT NULL,
        at double precision NOT NULL,
        replies bytea NOT NULL,
        parcel bytea,
        PRIMARY KEY (chat, id)
    );
    CREATE FUNCTION bot_commit(
        chat_ text, id_ bigint, expected bigint, version_ bigint,
        state_ bytea, replies_ bytea, at_ double precision, erase boolean
    ) RETURNS boolean LANGUAGE plpgsql AS $$
    DECLARE
        moved boolean;
    BEGIN
        INSERT INTO bot_updates VALUES (chat_, id_, at_) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            RETURN false;
        END IF;
        IF expected = 0 AND state_ = '' THEN
            moved := NOT EXISTS (SELECT 1 FROM bot_states WHERE chat = chat_);
        ELSIF expected = 0 THEN
            INSERT INTO bot_states VALUES (chat_, version_, state_, at_) ON CONFLICT DO NOTHING;
            moved := FOUND;
        ELSIF state_ = '' THEN
            DELETE FROM bot_states WHERE chat = chat_ AND version = expected;
            moved := FOUND;
        ELSE
            UPDATE bot_states SET version = version_, state = state_, at = at_
                WHERE chat = chat_ AND version = expected;
            moved := FOUND;
        END IF;
        IF NOT moved THEN
            DELETE FROM bot_updates WHERE chat = chat_ AND id = id_;
            RETURN false;
        END IF;
        IF erase THEN
            DELETE FROM bot_replies WHERE chat = chat_;
        END IF;
        IF replies_ <> '' THEN
            INSERT INTO bot_replies VALUES (chat_, id_, at_, replies_);
        END IF;
        RETURN true;
    END $$;
    """,
    # An update that erases its chat is kept under another id, which stands for all before it too.
    """
    CREATE OR REPLACE FUNCTION bot_commit(
        chat_ text, id_ bigint, expected bigint, version_ bigint,
        state_ bytea, replies_ bytea, at_ double precision, erase boolean
    ) RETURNS boolean LANGUAGE plpgsql AS $$
    DECLARE
        moved boolean;
    BEGIN
        INSERT INTO bot_updates VALUES (chat_, id_, at_) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN
            RETURN false;
        END IF;
        IF EXISTS (SELECT 1 FROM bot_updates WHERE chat = chat_ AND id <= -1 - id_) THEN
            DELETE FROM bot_updates WHERE chat = chat_ AND id = id_;
            RETURN false;
        END IF;
        IF expected = 0 AND state_ = '' THEN
            moved := NOT EXISTS (SELECT 1 FROM bot_states WHERE chat = chat_);
        ELSIF expected = 0 THEN
            INSERT INTO bot_states VALUES (chat_, version_, state_, at_) ON CONFLICT DO NOTHING;
            moved := FOUND;
        ELSIF state_ = '' THEN
            DELETE FROM bot_states WHERE chat = chat_ AND version = expected;
            moved := FOUND;
        ELSE
            UPDATE bot_states SET version = version_, state = state_, at = at_
                WHERE chat = chat_ AND version = expected;
            moved := FOUND;
        END IF;
        IF NOT moved THEN
            DELETE FROM bot_updates WHERE chat = chat_ AND id = id_;
            RETURN false;
        END IF;
        IF erase THEN
            DELETE FROM bot_replies WHERE chat = chat_;
            DELETE FROM bot_updates WHERE chat = chat_;
            INSERT INTO bot_updates VALUES (chat_, -1 - id_, at_);
        END IF;
        IF replies_ <> '' THEN
            INSERT INTO bot_replies VALUES (chat_, id_, at_, replies_);
        END IF;
        RETURN true;
    END $$;
    """,
)
