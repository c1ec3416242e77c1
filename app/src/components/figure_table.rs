//! A table of figures: what they are of stands at the left and above; it scrolls in its own box.

use leptos::prelude::*;

/// `label` names the box for who cannot see it; `first` stands above the heads of the rows.
pub fn figure_table(
    label: String,
    first: &'static str,
    heads: Vec<String>,
    rows: Vec<AnyView>,
) -> AnyView {
    let head = |words: String| view! { <th scope="col" data-num="">{words}</th> };
    let heads: Vec<_> = heads.into_iter().map(head).collect();
    view! {
        <div class="table-box" tabindex="0" role="region" aria-label=label>
            <table class="table" data-kind="matrix">
                <thead>
                    <tr>
                        <th scope="col">{first}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
