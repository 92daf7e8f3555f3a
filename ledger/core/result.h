// SPDX-License-Identifier: GPL-3.0-or-later
//! Either what was asked for or the error that stood in its place.
#pragma once
#include "ledger/core/error.h"

#include <utility>
#include <variant>

namespace tallystick {

/// A value or an Error; it cannot be dropped unread. value() of an error is a defect (assert).
template <class T>
class [[nodiscard]] Result final
{
public:
    Result(T value)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }
    Result(RefusalWithFacts refusal)
        : m_state(std::in_place_index<1>, std::move(refusal))
    {
    }
    Result(Failure failure)
        : m_state(std::in_place_index<1>, std::move(failure))
    {
    }

    [[nodiscard]] bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }
    [[nodiscard]] const T& value() const&
    {
        Q_ASSERT(ok());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T& value() &
    {
        Q_ASSERT(ok());
        return *std::get_if<0>(&m_state);
    }
    [[nodiscard]] T&& value() &&
    {
        Q_ASSERT(ok());
        return std::move(*std::get_if<0>(&m_state));
    }
    const T& operator*() const& { return value(); }
    T& operator*() & { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    const T* operator->() const { return &value(); }
    T* operator->() { return &value(); }

    [[nodiscard]] const Error& error() const
    {
        Q_ASSERT(!ok());
        return *std::get_if<1>(&m_state);
    }
    /// The refusal, or null when it is a value or a failure.
    [[nodiscard]] const RefusalWithFacts* refusal() const
    {
        return ok() ? nullptr : std::get_if<RefusalWithFacts>(&error());
    }
    /// The failure, or null when it is a value or a refusal.
    [[nodiscard]] const Failure* failure() const
    {
        return ok() ? nullptr : std::get_if<Failure>(&error());
    }

private:
    std::variant<T, Error> m_state;
};

/// The result of something done for its effect.
struct Done
{
};
using Outcome = Result<Done>;

} // namespace tallystick
