// SPDX-License-Identifier: GPL-3.0-or-later
//! Fields, the exact preview, and one button named by what it will do.
#pragma once
#include "ledger/async/desk.h"
#include "ui/posting/draft.h"
#include "ui/shared/question.h"
#include "ui/shared/theme.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QCheckBox;
class QPushButton;

namespace tallystick {

class Banner;
class Card;
class Field;
class Label;

/// Whom a form posts to, and in whose name.
struct PostingSubject
{
    UserId user;
    QString customer; ///< what the customer is called: the e-mail
    QString operatorName;
};

/// Its key is made with the form and kept through every try, so whatever is pressed how often, and
/// whatever happens to the connection, at most one row is written.
class PostingForm final : public QWidget
{
    Q_OBJECT
public:
    enum class Stage {
        Editing,
        Posting,
        Doubt ///< sent, and not known whether it was written; only asking again is open
    };

    /// \a desk holds writing sessions and outlives the form.
    PostingForm(Desk& desk, PostingKind kind, const PostingSubject& subject,
                QWidget* parent = nullptr);
    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] const TransactionKey& key() const { return m_key; }
    void focusFirst();

signals:
    void posted(const tallystick::Receipt& receipt);
    void closeRequested();
    /// What a preview could be made of was made; for pictures and tests.
    void previewShown();

private:
    /// A posting goes through only when it still does what the preview said.
    struct Answer
    {
        Receipt receipt;
        bool hasMoved = false; ///< not posted: \a receipt is the preview as it would be now
    };

    void makeFields(PostingKind kind);
    void lay(PostingKind kind);
    [[nodiscard]] Draft draft() const;
    [[nodiscard]] DraftReading reading() const;
    [[nodiscard]] Field* fieldOf(DraftField field) const;
    void showProblems(const DraftReading& reading, bool evenMissing);

    void draftChanged();
    void askPreview();
    void sayPreview(const QString& sentence, theme::Role role);
    void showPreview(const Posting& posting, const Result<Receipt>& answer);
    void submit();
    void send(const Posting& posting);
    void resend();
    void take(const Result<Answer>& answer);
    void setStage(Stage stage);
    void nameButton();

    Desk& m_desk;
    PostingKind m_kind;
    PostingSubject m_subject;
    TransactionKey m_key;
    Stage m_stage = Stage::Editing;
    std::optional<Posting> m_previewed; ///< what the shown preview is of
    std::optional<Receipt> m_preview;
    std::optional<Posting> m_sent;

    Field* m_amount;
    Field* m_ceiling = nullptr;
    Field* m_step = nullptr;
    Field* m_reason;
    QCheckBox* m_overdraw = nullptr;
    Card* m_previewCard;
    Label* m_previewLine;
    Banner* m_banner;
    QPushButton* m_submit;
    QPushButton* m_cancel;
    QTimer m_typing;
    Question<Receipt> m_previewQuestion;
    Question<Answer> m_postQuestion;
};

} // namespace tallystick
