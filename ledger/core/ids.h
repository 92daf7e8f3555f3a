// SPDX-License-Identifier: GPL-3.0-or-later
//! Names of users and transactions, checked once where they enter.
#pragma once
#include <QtCore/QHashFunctions>
#include <QtCore/QString>

#include <optional>

namespace tallystick {

/// True when \a text can be an id of at most \a maxCharacters: not empty, valid Unicode, no NUL or
/// other control character. Everything else (quotes, emoji, spaces, right-to-left) is allowed.
[[nodiscard]] bool isIdText(const QString& text, qsizetype maxCharacters);

/// An id that can only hold text which passed isIdText(). \a Tag keeps kinds of ids apart and says
/// how long they may be (Tag::maxCharacters).
template <class Tag>
class TextId final
{
public:
    TextId() = default; ///< the empty id, equal to no id in a ledger
    [[nodiscard]] static std::optional<TextId> from(const QString& text)
    {
        if (!isIdText(text, Tag::maxCharacters))
            return std::nullopt;
        TextId id;
        id.m_text = text;
        return id;
    }
    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    friend bool operator==(const TextId&, const TextId&) = default;
    friend bool operator<(const TextId& a, const TextId& b) { return a.m_text < b.m_text; }
    friend size_t qHash(const TextId& id, size_t seed = 0) { return qHash(id.m_text, seed); }

private:
    QString m_text;
};

struct UserTag
{
    static constexpr qsizetype maxCharacters = 500;
};
struct TransactionTag
{
    static constexpr qsizetype maxCharacters = 1200;
};
using UserId = TextId<UserTag>;
using TransactionKey = TextId<TransactionTag>;

/// A key and its user share one B-tree entry, which holds at most 2,704 bytes (PostgreSQL manual,
/// "B-Tree Indexes"); beyond this many bytes of UTF-8 together, a posting is refused unsent.
inline constexpr qsizetype maxKeyAndUserBytes = 2600;

/// A new random key (UUID version 4, RFC 9562) for a posting that has no natural one.
[[nodiscard]] TransactionKey newTransactionKey();

} // namespace tallystick
