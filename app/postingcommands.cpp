// SPDX-License-Identifier: GPL-3.0-or-later
//! The verbs that write: each is sent under one key until its outcome is known.
#include "app/answers.h"
#include "app/commands.h"
#include "ui/shared/format.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QThread>

#include <variant>

namespace tallystick {

namespace {

/// Together about seven seconds: a server that restarts is back by then.
constexpr int tries = 8;
constexpr unsigned long firstPauseMillis = 50;
constexpr unsigned long longestPauseMillis = 2'000;

using Command = std::variant<Posting, Reversal, Activation>;

struct Prepared
{
    Command command;
    TransactionKey key; ///< of the row that will be written or made active
};

Result<Receipt> send(Ledger& ledger, const Command& command)
{
    if (const auto* posting = std::get_if<Posting>(&command))
        return ledger.post(*posting);
    if (const auto* reversal = std::get_if<Reversal>(&command))
        return ledger.reverse(*reversal);
    return ledger.activate(std::get<Activation>(command));
}

QJsonObject metadataOf(const PostingOptions& options)
{
    QJsonObject metadata{{QStringLiteral("tool"), QStringLiteral("tallystick")}};
    if (!options.reason.isEmpty())
        metadata.insert(QStringLiteral("reason"), options.reason);
    return metadata;
}

/// The ledger itself takes a negative cost for money given back; asked for by hand it is a slip of
/// the sign that would pay out. The amount is told as it was typed.
std::optional<RefusalWithFacts> wrongSign(const PostingOptions& options)
{
    const bool isSpend = options.operation == Operation::Spend;
    const bool isRefund = options.operation == Operation::Refund;
    if (!(isSpend && options.amount < Credits()) && !(isRefund && options.amount <= Credits()))
        return std::nullopt;
    return RefusalWithFacts{.refusal = Refusal::AmountInvalid,
                            .subject = options.id,
                            .balance = {},
                            .requested = options.amount,
                            .ceiling = {},
                            .anatomy = {}};
}

/// The command, or the refusal of an id, key or amount that cannot be one.
std::variant<Prepared, RefusalWithFacts> prepare(const PostingOptions& options)
{
    const auto user = UserId::from(options.id);
    if (!user)
        return invalidId(options.id);
    const auto key =
        options.key ? TransactionKey::from(*options.key) : std::optional(newTransactionKey());
    if (!key)
        return invalidId(*options.key);
    const auto subject = TransactionKey::from(options.subject);
    const bool hasSubject = options.operation == Operation::Refund ||
                            options.operation == Operation::Reverse ||
                            options.operation == Operation::Activate;
    if (hasSubject && !subject)
        return invalidId(options.subject);
    if (const auto refusal = wrongSign(options))
        return *refusal;
    const QJsonObject metadata = metadataOf(options);
    switch (options.operation) {
    case Operation::TopUp:
        return Prepared{topUp(*user, options.amount, *key, options.ceiling, metadata), *key};
    case Operation::Spend:
        return Prepared{spend(*user, options.amount, *key, metadata), *key};
    case Operation::Reward: {
        if (rewardKey(*user, options.step).isEmpty())
            return invalidId(options.step);
        const Posting posting = reward(*user, options.amount, options.step, metadata);
        return Prepared{posting, posting.key};
    }
    case Operation::Refund:
        return Prepared{refund(*user, *subject, options.amount, *key, metadata), *key};
    case Operation::Reverse:
        return Prepared{Reversal{.user = *user, .key = *subject, .metadata = metadata},
                        reversalKey(*subject)};
    case Operation::Activate: {
        const auto newKey = options.newKey ? TransactionKey::from(*options.newKey) : std::nullopt;
        if (options.newKey && !newKey)
            return invalidId(*options.newKey);
        return Prepared{
            Activation{.user = *user, .key = *subject, .newKey = newKey, .metadata = metadata},
            newKey.value_or(*subject)};
    }
    }
    Q_UNREACHABLE();
}

/// How the sending ended, and whether an earlier try may have been applied unseen.
struct Sent
{
    Result<Receipt> answer;
    bool isInDoubt = false;     ///< some try's outcome stayed unknown
    bool isInterrupted = false; ///< it would have been tried again, but was asked to stop
};

/// False when it was asked to stop meanwhile.
bool paused(unsigned long millis, const std::stop_token& stop)
{
    const QDeadlineTimer end{qint64(millis)};
    while (!stop.stop_requested() && !end.hasExpired())
        QThread::msleep(std::min<unsigned long>(firstPauseMillis, millis));
    return !stop.stop_requested();
}

Sent sendUntilKnown(const Place& place, const Command& command, Console& console)
{
    const std::stop_token stop = place.stopToken();
    bool isInDoubt = false;
    unsigned long pause = firstPauseMillis;
    std::unique_ptr<Ledger> session;
    for (int attempt = 1;; ++attempt) {
        Result<Receipt> answer = Failure{};
        bool isReached = session != nullptr;
        if (!session) {
            auto opened = place.openWriter();
            isReached = opened.ok();
            if (opened)
                session = std::move(*opened);
            else
                answer = opened.error();
        }
        if (isReached)
            answer = send(*session, command);
        const Failure* failure = answer.failure();
        if (!failure)
            return {.answer = std::move(answer), .isInDoubt = isInDoubt};
        isInDoubt |= failure->kind == Failure::Kind::OutcomeUnknown;
        // A server that cannot be reached at the first try has seen nothing: no use in waiting.
        const bool mayRetry = failure->mayRetry() || (attempt > 1 && failure->needsNewSession());
        if (!mayRetry || attempt == tries)
            return {.answer = std::move(answer), .isInDoubt = isInDoubt};
        if (stop.stop_requested())
            return {.answer = std::move(answer), .isInDoubt = isInDoubt, .isInterrupted = true};
        if (failure->needsNewSession())
            session.reset();
        console.say(QStringLiteral("%1 Asking again with the same key.")
                        .arg(words::explain(*failure, words::Doing::Writing).happened));
        if (!paused(pause, stop))
            return {.answer = std::move(answer), .isInDoubt = isInDoubt, .isInterrupted = true};
        pause = std::min(pause * 2, longestPauseMillis);
    }
}

/// A spend of nothing is answered with the balance and leaves no row.
bool leavesARow(const PostingOptions& options)
{
    return options.operation != Operation::Spend || options.amount != Credits();
}

QJsonObject toJson(const Receipt& receipt, const PostingOptions& options)
{
    QJsonObject json{{QStringLiteral("user"), options.id},
                     {QStringLiteral("key"), receipt.key.text()},
                     {QStringLiteral("requested"), receipt.requested.value()},
                     {QStringLiteral("applied"), receipt.applied.value()},
                     {QStringLiteral("balance"), receipt.balance.value()},
                     {QStringLiteral("replayed"), receipt.replayed},
                     {QStringLiteral("written"), !receipt.replayed && leavesARow(options)},
                     {QStringLiteral("clamp"), labelOf(receipt.clamp)}};
    json.insert(QStringLiteral("sequence"),
                receipt.sequence ? QJsonValue(*receipt.sequence) : QJsonValue());
    return json;
}

void printReceipt(Console& console, const Receipt& receipt)
{
    console.print(QStringLiteral("key        %1\nrequested  %2\napplied    %3%4\nbalance    %5\n"
                                 "replayed   %6")
                      .arg(printable(receipt.key.text()))
                      .arg(receipt.requested.value())
                      .arg(receipt.applied.value())
                      .arg(receipt.clamp == Clamp::None
                               ? QString()
                               : QStringLiteral(" (%1)").arg(words::word(receipt.clamp)))
                      .arg(receipt.balance.value())
                      .arg(receipt.replayed ? QStringLiteral("yes") : QStringLiteral("no")));
}

ExitCode answerDoubt(Console& console, const Prepared& prepared, bool json)
{
    const QString key = prepared.key.text();
    const QString sentence =
        QStringLiteral("The connection was lost and it is not known whether the posting %1 was "
                       "written. Ask again with the same command and --key %1: it never posts "
                       "twice.")
            .arg(printable(key));
    if (json)
        console.print(
            document({{QStringLiteral("key"), key},
                      {QStringLiteral("failed"),
                       QJsonObject{{QStringLiteral("name"), nameOf(Failure::Kind::OutcomeUnknown)},
                                   {QStringLiteral("sentence"), sentence}}}}));
    console.say(sentence);
    return ExitCode::Failed;
}

} // namespace

ExitCode runPosting(const PostingOptions& options, Place& place, Console& console)
{
    const auto built = prepare(options);
    if (const auto* refusal = std::get_if<RefusalWithFacts>(&built))
        return answerError(console, *refusal,
                           {.doing = words::Doing::Writing, .json = options.json, .facts = {}});
    const Prepared& command = std::get<Prepared>(built);
    // Shown before it is sent: whatever happens next, it can be asked for.
    console.say(QStringLiteral("key: %1").arg(printable(command.key.text())));
    const Sent sent = sendUntilKnown(place, command.command, console);
    if (sent.answer) {
        if (options.json)
            console.print(document(toJson(*sent.answer, options)));
        else
            printReceipt(console, *sent.answer);
        if (!leavesARow(options))
            console.say(QStringLiteral("Nothing was written: a spend of 0 changes nothing, and its "
                                       "key stays unused."));
        return ExitCode::Done;
    }
    if (sent.isInterrupted && !sent.isInDoubt)
        console.say(QStringLiteral("Stopped before it was sent again: under the key %1 nothing was "
                                   "written.")
                        .arg(printable(command.key.text())));
    if (sent.isInDoubt && sent.answer.failure())
        return answerDoubt(console, command, options.json);
    if (sent.isInDoubt)
        console.say(QStringLiteral("The answer to an earlier try was lost; if that try was "
                                   "applied, it is what the following sentence speaks of."));
    return answerError(console, sent.answer.error(),
                       {.doing = words::Doing::Writing,
                        .json = options.json,
                        .facts = {{QStringLiteral("key"), command.key.text()}}});
}

} // namespace tallystick
