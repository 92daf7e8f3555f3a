// SPDX-License-Identifier: GPL-3.0-or-later
//! Posts by one call of a server function.
#include "ledger/postgres/rows.h"
#include "ledger/postgres/unitofwork.h"
#include "ledger/postgres/ways.h"

namespace tallystick::postgres {

namespace {

class FunctionWay final : public PostingWay
{
public:
    explicit FunctionWay(Session& session)
        : m_session(session)
    {
    }

    Result<Receipt> post(const Posting& posting, Finish finish) override
    {
        return answer("commands/post",
                      {{"user", posting.user.text()},
                       {"amount", posting.amount.value()},
                       {"type", labelOf(posting.type)},
                       {"key", posting.key.text()},
                       {"ceiling", bound(posting.ceiling)},
                       {"may_overdraw", posting.mayOverdraw},
                       {"active", posting.active},
                       {"claim_once", posting.onSameKey == Posting::OnSameKey::AlreadyClaimed},
                       {"refund_of", bound(posting.refundOf)},
                       {"metadata", bound(posting.metadata)}},
                      finish,
                      {.user = posting.user.text(),
                       .subject = posting.user.text(),
                       .ceiling = posting.ceiling});
    }
    Result<Receipt> reverse(const Reversal& reversal, Finish finish) override
    {
        return answer("commands/reverse",
                      {{"user", reversal.user.text()},
                       {"key", reversal.key.text()},
                       {"metadata", bound(reversal.metadata)}},
                      finish, {.user = reversal.user.text(), .subject = reversal.key.text()});
    }
    Result<Receipt> activate(const Activation& activation, Finish finish) override
    {
        return answer("commands/activate",
                      {{"user", activation.user.text()},
                       {"key", activation.key.text()},
                       {"new_key", bound(activation.newKey)},
                       {"metadata", bound(activation.metadata)}},
                      finish, {.user = activation.user.text(), .subject = activation.key.text()});
    }

private:
    /// What the server's answer leaves to the client: whom a refusal speaks of.
    struct AskedFor
    {
        QString user, subject;
        std::optional<Credits> ceiling;
    };

    Result<Receipt> answer(const char* statement, const Bindings& bindings, Finish finish,
                           const AskedFor& asked)
    {
        if (finish == Finish::RollBack) {
            auto work = UnitOfWork::begin(m_session);
            if (!work)
                return work.error();
            return read(m_session.run(statement, bindings), asked);
        }
        return read(m_session.run(statement, bindings, Sent::Commit), asked);
    }

    static Result<Receipt> read(const Result<Statement*>& query, const AskedFor& asked)
    {
        if (!query)
            return query.error();
        const bool hasRow = (*query)->next();
        Q_ASSERT(hasRow);
        auto answered = answerOf(**query);
        (*query)->finish();
        if (auto* const receipt = std::get_if<Receipt>(&answered))
            return *receipt;
        RefusalWithFacts refusal = std::get<RefusalWithFacts>(answered);
        refusal.subject = refusal.refusal == Refusal::UserUnknown ? asked.user : asked.subject;
        if (refusal.refusal != Refusal::RefundExceedsPayment)
            refusal.ceiling = asked.ceiling;
        return refusal;
    }

    Session& m_session;
};

} // namespace

std::unique_ptr<PostingWay> makeFunctionWay(Session& session)
{
    return std::make_unique<FunctionWay>(session);
}

} // namespace tallystick::postgres
