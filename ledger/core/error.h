// SPDX-License-Identifier: GPL-3.0-or-later
//! The two ways an operation can end without its result: a refusal (an answer) or a failure (an
//! event).
#pragma once
#include "ledger/core/credits.h"

#include <QtCore/QString>

#include <array>
#include <optional>
#include <variant>

namespace tallystick {

/// Every "no" the ledger's rules can give. The list is closed and each has a fixed code (LG001…)
/// that the SQL functions answer with; a test compares both.
enum class Refusal : quint8 {
    UserUnknown,           ///< LG001 there is no such user
    CreditsInsufficient,   ///< LG002 the balance does not cover the cost
    CeilingReached,        ///< LG003 the balance is already at or above the ceiling
    KeyReused,             ///< LG004 the key stands for a posting of other content
    AlreadyClaimed,        ///< LG005 this reward was claimed before
    AlreadyActive,         ///< LG006 this pending transaction was activated before
    AlreadyReversed,       ///< LG007 this transaction was reversed before
    RefundExceedsPayment,  ///< LG008 refunds would exceed the payment in total
    TransactionUnknown,    ///< LG009 there is no transaction with this key
    NotReversible,         ///< LG010 pending, zero, or itself a reversal
    AmountInvalid,         ///< LG011 the sign or size of the amount makes no sense here
    IdInvalid,             ///< LG012 an id or key is empty, too long or holds control characters
    MetadataInvalid,       ///< LG013 not a JSON object, or above 1 MiB
    UserExists,            ///< LG014 there is such a user already, or one with this e-mail
    NotARefundablePayment, ///< LG015 the key named as payment is no active, positive top-up
    RefusedByStatement     ///< LG016 a step of the user's own SQL returned or changed no row
};

inline constexpr std::array allRefusals{
    Refusal::UserUnknown,       Refusal::CreditsInsufficient,  Refusal::CeilingReached,
    Refusal::KeyReused,         Refusal::AlreadyClaimed,       Refusal::AlreadyActive,
    Refusal::AlreadyReversed,   Refusal::RefundExceedsPayment, Refusal::TransactionUnknown,
    Refusal::NotReversible,     Refusal::AmountInvalid,        Refusal::IdInvalid,
    Refusal::MetadataInvalid,   Refusal::UserExists,           Refusal::NotARefundablePayment,
    Refusal::RefusedByStatement};

/// "LG001" for the first, and so on.
[[nodiscard]] QString codeOf(Refusal refusal);
[[nodiscard]] std::optional<Refusal> refusalWithCode(const QString& code);
/// The enumerator's name, e.g. "CreditsInsufficient": the word used in reports and JSON.
[[nodiscard]] QString nameOf(Refusal refusal);

/// Where the time of one posting went, measured where it ran; −1 = not measured.
struct Anatomy
{
    qint64 lockWaitMicros = -1; ///< from asking for the row lock until having it
    qint64 workMicros = -1;     ///< from having the lock until the last statement under it
};

/// A refusal with what the decision was based on, so that words can be made of it later.
struct RefusalWithFacts
{
    Refusal refusal = Refusal::UserUnknown;
    QString subject;   ///< the user id or key the refusal speaks of
    Credits balance;   ///< the balance the decision used
    Credits requested; ///< the amount asked for
    std::optional<Credits>
        ceiling; ///< the ceiling asked for; for refunds: what is left of the payment
    Anatomy anatomy;
};

/// Something outside the rules went wrong.
struct Failure
{
    enum class Kind : quint8 {
        ConnectionMisread, ///< what names the server makes no sense; none was asked
        Unreachable,       ///< no session could be opened
        SessionLost,       ///< the session died; nothing of this operation was applied
        Conflict,          ///< deadlock or serialization failure; not applied, may be tried again
        TimedOut,          ///< a lock or statement timeout; not applied
        OutcomeUnknown,    ///< the session died when the commit may have happened; ask by key
        ReadOnly,          ///< the session or server accepts no writes
        NotAllowed,        ///< the role lacks a right
        SchemaMismatch,    ///< a table, column or function is missing
        NoLabMarker,       ///< refused to touch a database that does not carry the lab marker
        ServerFull,        ///< disk full, out of memory, too many connections
        ServerMissing,     ///< no PostgreSQL programs on this machine
        LabDamaged,        ///< the lab's directory cannot be used as it is
        Cancelled,         ///< the caller asked to stop
        FileTrouble,       ///< a local file could not be read or written
        WrongStatement,    ///< the user's own SQL cannot work; statement says where it stands
        Unexpected         ///< anything else; sqlState and text say what
    };
    Kind kind = Kind::Unexpected;
    QString sqlState;  ///< as the server sent it; empty when it sent none
    QString statement; ///< the name of the .sql file or of the step
    QString text;      ///< the server's or system's own words, for the folded part of a message

    /// The same operation with the same key may simply be sent again.
    [[nodiscard]] bool mayRetry() const noexcept;
    /// The session it happened on is of no further use.
    [[nodiscard]] bool needsNewSession() const noexcept;
};

[[nodiscard]] QString nameOf(Failure::Kind kind);

using Error = std::variant<RefusalWithFacts, Failure>;

} // namespace tallystick
