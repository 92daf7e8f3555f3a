// SPDX-License-Identifier: GPL-3.0-or-later
//! The ways a posting can run; all answer alike for the same history.
#pragma once
#include "ledger/core/ledger.h"
#include "ledger/core/posting.h"
#include "ledger/core/result.h"
#include "ledger/core/way.h"
#include "ledger/postgres/session.h"

#include <memory>

namespace tallystick::postgres {

/// Runs validated commands, each in one transaction. With Finish::RollBack the answer is what
/// would have happened and nothing stays.
class PostingWay
{
public:
    enum class Finish { Commit, RollBack };
    PostingWay() = default;
    PostingWay(const PostingWay&) = delete;
    PostingWay& operator=(const PostingWay&) = delete;
    virtual ~PostingWay() = default;
    [[nodiscard]] virtual Result<Receipt> post(const Posting& posting, Finish finish) = 0;
    [[nodiscard]] virtual Result<Receipt> reverse(const Reversal& reversal, Finish finish) = 0;
    [[nodiscard]] virtual Result<Receipt> activate(const Activation& activation, Finish finish) = 0;
    /// Of a way that reads balances in its own manner; nothing of every other.
    [[nodiscard]] virtual std::optional<Result<Balance>> readBalance(const UserId&)
    {
        return std::nullopt;
    }
};

/// The client drives the locked transaction; works on any ledger of this shape.
[[nodiscard]] std::unique_ptr<PostingWay> makeRowLockWay(Session& session);
/// One call of the server function; lab schema only.
[[nodiscard]] std::unique_ptr<PostingWay> makeFunctionWay(Session& session);
/// A posting with one fault, for negative controls in a lab.
[[nodiscard]] std::unique_ptr<PostingWay> makeBrokenWay(Session& session, Fault fault);
/// The user's own SQL, every step of it prepared; fails with WrongStatement.
[[nodiscard]] Result<std::unique_ptr<PostingWay>>
makeStatementsWay(Session& session, const OwnStatements& statements);

} // namespace tallystick::postgres
