// SPDX-License-Identifier: GPL-3.0-or-later
//! The place beside a statement where a form is filled in and its receipt is read.
#pragma once
#include "ui/posting/postingform.h"

class QVBoxLayout;

namespace tallystick {

class Label;
class ReceiptView;

class PostingPanel final : public QWidget
{
    Q_OBJECT
public:
    /// \a desk holds writing sessions and outlives the panel.
    PostingPanel(Desk& desk, const PostingSubject& subject, QWidget* parent = nullptr);
    /// A fresh form; refused while one is being posted or in doubt (answers false).
    bool open(PostingKind kind);
    [[nodiscard]] PostingForm* form() const { return m_form; }
    /// Something was sent and its end is not known yet.
    [[nodiscard]] bool isBusy() const;
    /// Not while a posting is on its way.
    void close();

signals:
    void posted(const tallystick::Receipt& receipt);
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void put(QWidget* content);
    void showReceipt(const Receipt& receipt);

    Desk& m_desk;
    PostingSubject m_subject;
    PostingKind m_kind = PostingKind::TopUp;
    Label* m_title;
    QVBoxLayout* m_place;
    QWidget* m_content = nullptr;
    PostingForm* m_form = nullptr;
};

} // namespace tallystick
